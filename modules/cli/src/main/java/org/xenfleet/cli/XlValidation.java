package org.xenfleet.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.xenfleet.xlcfg.GuestConfig;
import org.xenfleet.xlcfg.XlConfigException;
import org.xenfleet.xlcfg.XlFile;
import org.xenfleet.xlcfg.XlNotice;
import org.xenfleet.xlcfg.XlParser;
import org.xenfleet.xlcfg.XlSyntaxException;

/**
 * Validates an xl file: it is accepted if xl's parser takes it. Whether it describes a guest is another question, which
 * is answered in the notes; so are the warnings of xl. The settings are those that the parser holds in the end.
 */
final class XlValidation {
    private XlValidation() {}

    static Validation of(Path file) {
        String name = file.toString();
        try {
            XlFile parsed = XlParser.parse(name, XlBytes.read(file));
            return Validation.accepted(name, notes(name, parsed), parsed.held());
        } catch (XlSyntaxException e) {
            return Validation.rejected(name, List.of(String.valueOf(e.getMessage())), e.line());
        } catch (XlBytes.Unreadable e) {
            return Validation.rejected(name, List.of(String.valueOf(e.getMessage())), 0);
        }
    }

    private static List<String> notes(String name, XlFile parsed) {
        List<String> notes = new ArrayList<>();
        try {
            GuestConfig guest = GuestConfig.read(parsed);
            for (XlNotice warning : guest.warnings()) {
                notes.add(name + (warning.line() > 0 ? ":" + warning.line() : "") + ": " + warning.message());
            }
            if (!guest.notModelled().isEmpty()) {
                notes.add(name + ": not modelled: " + String.join(", ", guest.notModelled()));
            }
        } catch (XlConfigException e) {
            notes.add(name + ": well-formed, but it does not describe a guest");
            String.valueOf(e.getMessage()).lines().forEach(notes::add);
        }
        return notes;
    }
}
