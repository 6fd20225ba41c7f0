package org.xenfleet.cli;

import org.xenfleet.scenario.DevicePlacement;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads where a device model runs. */
final class PlacementConverter implements ITypeConverter<DevicePlacement> {
    @Override
    public DevicePlacement convert(String text) {
        return DevicePlacement.of(text)
                .orElseThrow(() -> new TypeConversionException("'" + text
                        + "' is no place of a device model; there are "
                        + String.join(", ", DevicePlacement.labels())));
    }
}
