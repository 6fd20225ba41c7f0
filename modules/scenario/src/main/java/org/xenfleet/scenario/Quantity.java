package org.xenfleet.scenario;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers with units: durations in ns, sizes in bytes, frequencies in Hz, fractions in billionths, plain integers. */
final class Quantity {
    /** The fraction 1, in billionths. */
    static final long WHOLE = 1_000_000_000L;

    private static final Pattern FORM = Pattern.compile("([+-]?[0-9]{1,40}(?:\\.[0-9]{1,40})?)[ \\t]*([^0-9.].*)?");
    private static final Pattern EXPONENT = Pattern.compile("[0-9]{1,20}(?:\\.[0-9]{1,20})?[eE]-?[0-9]{1,2}");
    private static final Map<KeyType, Map<String, Long>> UNITS = Map.of(
            KeyType.INTEGER, Map.of(),
            KeyType.DURATION,
                    units(
                            "ns",
                            1L,
                            "us",
                            1_000L,
                            "ms",
                            1_000_000L,
                            "s",
                            1_000_000_000L,
                            "m",
                            60_000_000_000L,
                            "h",
                            3_600_000_000_000L),
            KeyType.SIZE, units("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30, "TiB", 1L << 40),
            KeyType.FREQUENCY, units("Hz", 1L, "kHz", 1_000L, "MHz", 1_000_000L, "GHz", 1_000_000_000L),
            KeyType.FRACTION, units("%", WHOLE / 100));
    private static final Map<String, String> MEANT = Map.ofEntries(
            Map.entry("sec", "s"),
            Map.entry("second", "s"),
            Map.entry("seconds", "s"),
            Map.entry("min", "m"),
            Map.entry("minute", "m"),
            Map.entry("minutes", "m"),
            Map.entry("hour", "h"),
            Map.entry("hours", "h"),
            Map.entry("msec", "ms"),
            Map.entry("milli", "ms"),
            Map.entry("millis", "ms"),
            Map.entry("millisecond", "ms"),
            Map.entry("milliseconds", "ms"),
            Map.entry("usec", "us"),
            Map.entry("µs", "us"),
            Map.entry("micros", "us"),
            Map.entry("microseconds", "us"),
            Map.entry("nano", "ns"),
            Map.entry("nanos", "ns"),
            Map.entry("nanoseconds", "ns"),
            Map.entry("k", "KiB"),
            Map.entry("kb", "KiB"),
            Map.entry("kib", "KiB"),
            Map.entry("mb", "MiB"),
            Map.entry("mib", "MiB"),
            Map.entry("g", "GiB"),
            Map.entry("gb", "GiB"),
            Map.entry("gib", "GiB"),
            Map.entry("t", "TiB"),
            Map.entry("tb", "TiB"),
            Map.entry("tib", "TiB"),
            Map.entry("byte", "B"),
            Map.entry("bytes", "B"),
            Map.entry("b", "B"),
            Map.entry("ghz", "GHz"),
            Map.entry("mhz", "MHz"),
            Map.entry("khz", "kHz"),
            Map.entry("hz", "Hz"));

    private Quantity() {}

    /** A value, or the sentence that says what is wrong with the text; {@code problem} is empty when all is well. */
    record Result(long value, String problem) {}

    /** Reads {@code text} as a value of {@code type}; any range of {@code long} is allowed. */
    static Result parse(KeyType type, String text) {
        Matcher matcher = FORM.matcher(type == KeyType.FRACTION ? withoutExponent(text.strip()) : text.strip());
        if (!matcher.matches()) {
            return wrong("is not a number" + (type == KeyType.INTEGER ? "" : " with a unit"));
        }
        String unit = matcher.group(2) == null ? "" : matcher.group(2).strip();
        Map<String, Long> units = unitsOf(type);
        if (unit.isEmpty() && !units.isEmpty() && type != KeyType.FRACTION) {
            return wrong("has no unit; write for example " + matcher.group(1) + defaultUnit(type));
        }
        Long factor = unit.isEmpty() ? Long.valueOf(type == KeyType.FRACTION ? WHOLE : 1) : units.get(unit);
        if (factor == null) {
            return wrong(wrongUnit(type, matcher.group(1), unit));
        }
        BigDecimal exact = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(factor));
        try {
            return new Result(exact.longValueExact(), "");
        } catch (ArithmeticException e) {
            boolean whole = exact.stripTrailingZeros().scale() <= 0;
            return wrong(
                    whole
                            ? "is far too large"
                            : "is not a whole number" + (units.isEmpty() ? "" : " of " + base(type)));
        }
    }

    /** HOCON writes 0.0001 as 1.0E-4. */
    private static String withoutExponent(String text) {
        return EXPONENT.matcher(text).matches() ? new BigDecimal(text).toPlainString() : text;
    }

    /** The factor of a unit of a duration or a size, for expectations. */
    static Optional<Long> factor(String unit) {
        Long duration = unitsOf(KeyType.DURATION).get(unit);
        return Optional.ofNullable(
                duration != null ? duration : unitsOf(KeyType.SIZE).get(unit));
    }

    /** The shortest exact text: the largest unit that gives a whole number. */
    static String text(KeyType type, long value) {
        if (type == KeyType.FRACTION) {
            return BigDecimal.valueOf(value, 9).stripTrailingZeros().toPlainString();
        }
        if (value == 0) {
            return "0" + (type == KeyType.INTEGER ? "" : defaultUnit(type));
        }
        String best = "";
        long factor = 1;
        for (Map.Entry<String, Long> unit : unitsOf(type).entrySet()) {
            if (value % unit.getValue() == 0 || best.isEmpty()) {
                best = unit.getKey();
                factor = unit.getValue();
            }
        }
        return value / factor + best;
    }

    /** The units of a type from small to large, for messages; empty for integers. */
    static String unitNames(KeyType type) {
        return String.join(", ", unitsOf(type).keySet());
    }

    private static String wrongUnit(KeyType type, String number, String unit) {
        if (type == KeyType.INTEGER) {
            return "has the unit '" + unit + "', but a plain integer is needed";
        }
        String meant = MEANT.getOrDefault(unit.equals("M") ? "mb" : unit.toLowerCase(Locale.ROOT), "");
        for (KeyType other : new KeyType[] {KeyType.DURATION, KeyType.SIZE, KeyType.FREQUENCY}) {
            if (other != type
                    && unitsOf(other).containsKey(unit)
                    && !unitsOf(type).containsKey(meant)) {
                return "has the unit '" + unit + "' of a " + other.label() + ", but a " + type.label()
                        + " is needed; its units are " + unitNames(type);
            }
        }
        String remedy = unitsOf(type).containsKey(meant) ? "; write " + number + meant : "";
        return "has the unit '" + unit + "', which is not one of " + unitNames(type) + remedy;
    }

    private static String defaultUnit(KeyType type) {
        return switch (type) {
            case DURATION -> "ms";
            case SIZE -> "MiB";
            case FREQUENCY -> "MHz";
            default -> "";
        };
    }

    private static String base(KeyType type) {
        return switch (type) {
            case DURATION -> "nanoseconds";
            case SIZE -> "bytes";
            case FRACTION -> "billionths";
            default -> "Hz";
        };
    }

    private static Map<String, Long> unitsOf(KeyType type) {
        return UNITS.getOrDefault(type, Map.of());
    }

    private static Map<String, Long> units(Object... pairs) {
        Map<String, Long> units = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            units.put((String) pairs[i], (Long) pairs[i + 1]);
        }
        return units;
    }

    private static Result wrong(String problem) {
        return new Result(0, problem);
    }
}
