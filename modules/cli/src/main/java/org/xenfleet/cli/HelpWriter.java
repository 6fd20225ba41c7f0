package org.xenfleet.cli;

import java.io.IOException;
import java.io.Writer;
import org.xenfleet.results.OutputException;

/** Carries help to standard output by the same way as results. */
final class HelpWriter extends Writer {
    private final Streams streams;

    HelpWriter(Streams streams) {
        this.streams = streams;
    }

    @Override
    public void write(char[] chars, int from, int length) throws IOException {
        try {
            streams.print(new String(chars, from, length));
        } catch (OutputException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
