package org.xenfleet.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.xenfleet.results.OutputException;

/**
 * Where the command writes. A reader that went away ("broken pipe") is no error; any other failure on standard output
 * is, because results would be lost silently.
 */
final class Streams {
    private final OutputStream out;
    private final PrintStream err;
    private final Terminal terminal;

    Streams(OutputStream out, PrintStream err, Terminal terminal) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
    }

    /** The process's own. */
    static Streams standard() {
        return new Streams(new FileOutputStream(FileDescriptor.out), System.err, Terminal.detect());
    }

    Terminal terminal() {
        return terminal;
    }

    PrintStream err() {
        return err;
    }

    /** Writes a result, which must end with a line feed, in UTF-8. */
    void print(String text) throws OutputException {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            String reason = e.getMessage();
            if (reason == null || !reason.contains("Broken pipe")) {
                throw OutputException.of("standard output", e);
            }
        }
    }

    /** Says something to the user that is no result. */
    void say(String line) {
        err.println(line);
        err.flush();
    }
}
