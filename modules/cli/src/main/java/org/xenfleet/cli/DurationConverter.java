package org.xenfleet.cli;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a duration with its unit, such as {@code 60s} or {@code 1.5ms}, as whole nanoseconds, at least 1. */
final class DurationConverter implements ITypeConverter<Long> {
    private static final Pattern FORM = Pattern.compile("\\s*(\\d{1,19}(?:\\.\\d{1,19})?)\\s*([a-z]+)\\s*");
    private static final Map<String, Long> UNITS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L,
            "d", 86_400_000_000_000L);

    @Override
    public Long convert(String text) {
        Matcher matcher = FORM.matcher(text);
        Long unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
        if (unit == null) {
            throw new TypeConversionException("'" + text
                    + "' is not a duration; give a number and one of the units ns, us, ms, s, m, h, d, such as 60s");
        }
        BigDecimal ns = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
        try {
            long whole = ns.longValueExact();
            if (whole > 0) {
                return whole;
            }
        } catch (ArithmeticException e) {
            throw new TypeConversionException(
                    "'" + text + "' is not a whole number of nanoseconds below 2^63 (about 292 years)");
        }
        throw new TypeConversionException("'" + text + "' is no time at all; give at least 1ns");
    }
}
