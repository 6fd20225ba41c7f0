package org.xenfleet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads xl files that the command line names. */
final class XlBytes {
    private static final long MOST_BYTES = 16L << 20;

    /** A file is not there, or is nothing that can be read; the message begins with its name. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        private Unreadable(Path file, String reason) {
            super(file + ": " + reason);
        }
    }

    private XlBytes() {}

    static byte[] read(Path file) throws Unreadable {
        try {
            if (Files.isDirectory(file)) {
                throw new Unreadable(file, "it is a directory");
            }
            if (!Files.exists(file)) {
                throw new Unreadable(file, "there is no such file");
            }
            if (!Files.isRegularFile(file)) {
                throw new Unreadable(file, "it is no regular file");
            }
            if (Files.size(file) > MOST_BYTES) {
                throw new Unreadable(file, "it is larger than 16 MiB");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new Unreadable(file, "it cannot be read");
        }
    }
}
