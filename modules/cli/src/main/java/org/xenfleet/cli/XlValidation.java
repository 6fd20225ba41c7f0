package org.xenfleet.cli;

import java.io.IOException;
import java.nio.file.Files;
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
    private static final long MOST_BYTES = 16L << 20;

    private XlValidation() {}

    static Validation of(Path file) {
        String name = file.toString();
        try {
            if (Files.isDirectory(file)) {
                return refused(name, "it is a directory");
            }
            if (!Files.exists(file)) {
                return refused(name, "there is no such file");
            }
            if (!Files.isRegularFile(file)) {
                return refused(name, "it is no regular file");
            }
            if (Files.size(file) > MOST_BYTES) {
                return refused(name, "it is larger than 16 MiB");
            }
            XlFile parsed = XlParser.parse(name, Files.readAllBytes(file));
            return Validation.accepted(name, notes(name, parsed), parsed.held());
        } catch (XlSyntaxException e) {
            return Validation.rejected(name, List.of(String.valueOf(e.getMessage())), e.line());
        } catch (IOException e) {
            return refused(name, "it cannot be read");
        }
    }

    private static Validation refused(String name, String reason) {
        return Validation.rejected(name, List.of(name + ": " + reason), 0);
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
