package org.xenfleet.results;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The name {@code latest} beside a scenario's runs. It leads to one finished run at every instant, never to none. */
final class LatestLink {
    private static final String NAME = "latest";

    private LatestLink() {}

    /**
     * Makes {@code latest} a symbolic link to the run, in place of an older one; where the file system has no symbolic
     * links, a file that contains the run's name.
     */
    static void pointTo(Path run) throws IOException {
        Path name = run.getFileName();
        Path fresh = run.resolveSibling("." + NAME + "-" + name);
        try {
            Files.createSymbolicLink(fresh, name);
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.writeString(fresh, name + "\n");
        }
        try {
            Files.move(
                    fresh,
                    run.resolveSibling(NAME),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
