package org.xenfleet.cli;

import org.xenfleet.results.RunFile.Branch;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code DIR@TIME}. */
final class BranchConverter implements ITypeConverter<Branch> {
    @Override
    public Branch convert(String text) {
        int at = text.lastIndexOf('@');
        if (at < 1 || at == text.length() - 1) {
            throw new TypeConversionException(
                    "'" + text
                            + "' is not a run and an instant; write its directory, @ and the time, such as runs/xsa-89/latest@30s");
        }
        return new Branch(text.substring(0, at), new DurationConverter().convert(text.substring(at + 1)));
    }
}
