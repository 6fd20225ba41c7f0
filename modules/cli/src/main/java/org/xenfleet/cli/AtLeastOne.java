package org.xenfleet.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Refuses numbers that count something and are less than 1. */
final class AtLeastOne {
    private AtLeastOne() {}

    /** @throws ParameterException if there is a value and it is less than 1 */
    static void check(CommandLine line, String option, @Nullable Number value) {
        if (value != null && value.longValue() < 1) {
            throw new ParameterException(line, option + " is " + value + "; it must be at least 1.");
        }
    }
}
