package org.xenfleet.results;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/**
 * The folder of one run. It is made before the run, so that a place that cannot be written is noticed at once, and
 * finished by {@code manifest.json}, which is written last and appears whole: a folder without it is an unfinished run.
 * One thread only.
 */
public final class RunDirectory {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int TRIES = 100;

    private final Path path;
    private final boolean named;

    private RunDirectory(Path path, boolean named) {
        this.path = path;
        this.named = named;
    }

    /**
     * Makes {@code runs/<scenario>/<start>-<id>}. Characters of the scenario's name that a folder should not have become
     * underscores.
     *
     * @param ids random numbers, of which 24 bits are used; asked again if a folder exists already
     */
    public static RunDirectory underRuns(Path runs, String scenario, Instant start, IntSupplier ids)
            throws OutputException {
        Path parent = runs.resolve(folderName(scenario));
        try {
            Files.createDirectories(parent);
            for (int i = 1; ; i++) {
                Path path = parent.resolve("%s-%06x".formatted(STAMP.format(start), ids.getAsInt() & 0xff_ffff));
                try {
                    return new RunDirectory(Files.createDirectory(path), false);
                } catch (FileAlreadyExistsException e) {
                    if (i == TRIES) {
                        throw e;
                    }
                }
            }
        } catch (IOException e) {
            throw OutputException.of(parent, e);
        }
    }

    /** Makes a folder where the user wants it, or takes an empty one. {@code latest} is left alone. */
    public static RunDirectory at(Path folder) throws OutputException {
        try {
            return new RunDirectory(Files.createDirectories(folder), true);
        } catch (IOException e) {
            throw OutputException.of(folder, e);
        }
    }

    /** The folder of a run that is unfinished, to go on with it. */
    public static RunDirectory unfinished(Path folder) {
        // one that the program named has the id of its run at the end of its name; `latest` then leads to it
        boolean named =
                !folder.toAbsolutePath().normalize().getFileName().toString().matches("[0-9]{8}T[0-9]{6}Z-[0-9a-f]{6}");
        return new RunDirectory(folder, named);
    }

    /** Whether a run has come to its end there. */
    public static boolean isFinished(Path folder) {
        return Files.exists(folder.resolve("manifest.json"));
    }

    /** Why a folder of the user's cannot be that of a run, as a sentence; empty if it can. Changes nothing on disk. */
    public static Optional<String> refusal(Path folder) {
        if (!Files.exists(folder)) {
            return Optional.empty();
        }
        if (!Files.isDirectory(folder)) {
            return Optional.of(folder + " is a file; name a folder that does not exist yet or is empty.");
        }
        try (Stream<Path> content = Files.list(folder)) {
            return content.findAny().isEmpty()
                    ? Optional.empty()
                    : Optional.of(folder + " is not empty; name a folder that does not exist yet or is empty.");
        } catch (IOException e) {
            return Optional.of(folder + " cannot be read; name a folder that does not exist yet or is empty.");
        }
    }

    public Path path() {
        return path;
    }

    /** Writes {@code run.json}. */
    public void writeRun(RunFile run) throws OutputException {
        try {
            run.write(path);
        } catch (IOException e) {
            throw OutputException.of(path, e);
        }
    }

    /** Writes {@code scenario.resolved.conf}. */
    public void writeScenario(String resolved) throws OutputException {
        write("scenario.resolved.conf", resolved);
    }

    /**
     * Copies a file that the scenario names, at the place at which {@code scenario.resolved.conf} looks for it.
     *
     * @param relative its path below the scenario's folder; one that leads elsewhere is not copied
     */
    public void copyInput(Path relative, Path from) throws OutputException {
        Path to = path.resolve(relative).normalize();
        if (relative.isAbsolute() || !to.startsWith(path.normalize())) {
            return;
        }
        try {
            Path parent = to.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw OutputException.of(to, e);
        }
    }

    /** Removes a folder in it with everything that is there. */
    public void remove(String folder) throws OutputException {
        Path top = path.resolve(folder);
        try (Stream<Path> all = Files.exists(top) ? Files.walk(top) : Stream.empty()) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw OutputException.of(top, e);
        }
    }

    /** Writes {@code failure.txt}: what went wrong in a run that has no results. */
    public void writeFailure(String sentence) throws OutputException {
        write("failure.txt", sentence + "\n");
    }

    /** Writes all results, then the manifest; then {@code latest} leads here. */
    public void finish(RunSummary summary, Manifest manifest) throws OutputException {
        write("summary.json", summary.toJson());
        try {
            Tables.write(path.resolve("tables"), summary);
            Path draft = path.resolve(".manifest.json");
            Files.writeString(draft, manifest.toJson(summary));
            Files.move(draft, path.resolve("manifest.json"), StandardCopyOption.ATOMIC_MOVE);
            if (!named) {
                LatestLink.pointTo(path);
            }
        } catch (IOException e) {
            throw OutputException.of(path, e);
        }
    }

    private void write(String name, String text) throws OutputException {
        Path file = path.resolve(name);
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw OutputException.of(file, e);
        }
    }

    private static String folderName(String scenario) {
        String plain = scenario.replaceAll("[^A-Za-z0-9._-]", "_");
        return plain.isEmpty() || plain.startsWith(".") ? "_" + plain : plain;
    }
}
