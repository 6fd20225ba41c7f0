package org.xenfleet.fleet.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Replaces files of a folder so that everybody sees the old one or the new one, and nothing between: the new one is written
 * under another name, as a draft, and then moved over the old one. Safe for many threads and processes.
 *
 * <p>Who writes a draft holds a lock of the operating system on it, which goes with the process however it ends. So a draft
 * that somebody else can lock has lost its writer and is swept away. The numbers of processes would not do, because processes in
 * several containers may share a folder but not their numbers.
 */
final class Drafts {
    /** No file of a piece begins so, because none has a plus. */
    private static final String PREFIX = ".draft+";

    private static final int TRIES = 100;

    private final Path folder;
    /** The same for all of a process. Its own drafts are never opened again: closing a file gives up all locks a process has on it. */
    private final String own;

    private final AtomicLong next = new AtomicLong(System.nanoTime());

    Drafts(Path folder) {
        this.folder = folder;
        ProcessHandle process = ProcessHandle.current();
        long start = process.info()
                .startInstant()
                .map(instant -> instant.toEpochMilli())
                .orElse(0L);
        this.own = PREFIX + process.pid() + "-" + Long.toHexString(start) + "-";
    }

    /** Writes what a file shall have. */
    interface Content {
        void writeTo(FileChannel file) throws IOException;
    }

    static boolean isDraft(Path file) {
        return String.valueOf(file.getFileName()).startsWith(PREFIX);
    }

    /** Replaces a file of the folder, or makes it. */
    void replace(Path file, Content content) throws IOException {
        for (int i = 1; !tryReplace(file, content); i++) {
            if (i == TRIES) {
                throw new IOException("its draft was removed " + TRIES + " times while it was written");
            }
        }
    }

    /** Whether it could; not if a sweeper met the draft in the instant between its making and its being locked. */
    private boolean tryReplace(Path file, Content content) throws IOException {
        Path draft = folder.resolve(own + Long.toHexString(next.getAndIncrement()));
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            if (channel.tryLock() == null) {
                return false;
            }
            try {
                content.writeTo(channel);
                channel.force(false);
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
                return true;
            } catch (NoSuchFileException e) {
                if (Files.isDirectory(folder)) {
                    return false;
                }
                throw e;
            } catch (IOException | RuntimeException e) {
                Files.deleteIfExists(draft);
                throw e;
            }
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /** Removes the drafts of writers that are no more. */
    void sweep() throws IOException {
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(folder, PREFIX + "*")) {
            for (Path draft : drafts) {
                if (!String.valueOf(draft.getFileName()).startsWith(own)) {
                    removeIfLeft(draft);
                }
            }
        }
    }

    private static void removeIfLeft(Path draft) throws IOException {
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock != null) {
                Files.deleteIfExists(draft);
            }
        } catch (NoSuchFileException e) {
            // Its writer has moved it, or another sweeper was here.
        } catch (OverlappingFileLockException e) {
            // Another thread is removing it.
        }
    }
}
