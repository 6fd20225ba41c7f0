package org.xenfleet.fleet.store;

import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * The file of a store's folder that says whose checkpoints are there and which machine may use them. Immutable.
 *
 * @param machine the one on which the run was started or last resumed
 */
record StoreMark(String run, Machine machine) {
    static final String FILE = "store.mark";

    private static final String FORMAT = "1";

    static Optional<StoreMark> read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        Properties keys = new Properties();
        try (Reader text = Files.newBufferedReader(file)) {
            keys.load(text);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            throw new StoreRefused(unreadable(file), e);
        }
        String format = keys.getProperty("format");
        String run = keys.getProperty("run");
        String host = keys.getProperty("host");
        if (format == null || run == null || host == null) {
            throw new StoreRefused(unreadable(file));
        }
        if (!format.equals(FORMAT)) {
            throw new StoreRefused(
                    "The checkpoints in " + folder + " were written by another release of Xenfleet: their format is "
                            + format + ", and this release knows format " + FORMAT + ".");
        }
        Machine machine = new Machine(
                host, Optional.ofNullable(keys.getProperty("machine")), Optional.ofNullable(keys.getProperty("boot")));
        return Optional.of(new StoreMark(run, machine));
    }

    void write(Path folder, Drafts drafts) throws IOException {
        StringBuilder text =
                new StringBuilder("# Checkpoints of a run of Xenfleet, and the machine that may use them.\n");
        line(text, "format", FORMAT);
        line(text, "run", run);
        line(text, "host", machine.host());
        machine.id().ifPresent(id -> line(text, "machine", id));
        machine.boot().ifPresent(boot -> line(text, "boot", boot));
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.toString());
        drafts.replace(folder.resolve(FILE), file -> {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        });
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append(key).append(" = ").append(value).append('\n');
    }

    private static String unreadable(Path file) {
        return "The file " + file
                + " does not say whose checkpoints lie beside it. Remove it if they are those of this run and"
                + " no other process of the run lives.";
    }
}
