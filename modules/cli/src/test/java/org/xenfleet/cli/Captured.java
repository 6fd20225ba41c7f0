package org.xenfleet.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Streams that are no terminal and keep what is written to them. */
final class Captured {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Streams streams = new Streams(
            out, new PrintStream(err, true, StandardCharsets.UTF_8), new Terminal(false, false, false, 100));

    Streams streams() {
        return streams;
    }

    int run(String... args) {
        return Main.run(streams, args);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
