package org.xenfleet.cli;

import java.util.List;
import java.util.OptionalInt;
import org.xenfleet.xlcfg.XlSetting;

/**
 * What is to be said of one file. Immutable.
 *
 * @param errors why it is rejected, each with its place; none if it is accepted
 * @param firstErrorLine from 1, if it is known
 * @param notes what is worth knowing although the file is accepted
 * @param settings every assignment of an xl file, with the value that its parser holds in the end
 */
record Validation(
        String file, List<String> errors, OptionalInt firstErrorLine, List<String> notes, List<XlSetting> settings) {

    static Validation accepted(String file, List<String> notes, List<XlSetting> settings) {
        return new Validation(file, List.of(), OptionalInt.empty(), notes, settings);
    }

    static Validation rejected(String file, List<String> errors, int firstErrorLine) {
        OptionalInt line = firstErrorLine > 0 ? OptionalInt.of(firstErrorLine) : OptionalInt.empty();
        return new Validation(file, errors, line, List.of(), List.of());
    }

    boolean isAccepted() {
        return errors.isEmpty();
    }
}
