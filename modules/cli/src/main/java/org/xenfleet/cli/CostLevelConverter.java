package org.xenfleet.cli;

import org.xenfleet.xen.CostLevel;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code low}, {@code default} or {@code high}. */
final class CostLevelConverter implements ITypeConverter<CostLevel> {
    @Override
    public CostLevel convert(String text) {
        return CostLevel.of(text)
                .orElseThrow(() -> new TypeConversionException(
                        "'" + text + "' is no level of costs; there are " + String.join(", ", CostLevel.labels())));
    }
}
