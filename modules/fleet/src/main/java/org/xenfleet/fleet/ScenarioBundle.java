package org.xenfleet.fleet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.xenfleet.scenario.InputFile;
import org.xenfleet.scenario.LoadedScenario;
import org.xenfleet.scenario.ScenarioException;
import org.xenfleet.scenario.ScenarioLoader;

/**
 * A scenario with the files that it names, so that another process can load an equal one. Immutable.
 *
 * @param files by their path relative to the scenario's folder, with {@code /}
 */
public record ScenarioBundle(SortedMap<String, byte[]> files) {
    private static final String SCENARIO = "scenario.resolved.conf";
    private static final int MOST_BYTES = 64 << 20;

    /** @param scenario the file that it was loaded from */
    public static ScenarioBundle of(LoadedScenario loaded, Path scenario) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put(SCENARIO, loaded.resolvedText().getBytes(StandardCharsets.UTF_8));
        Path top = scenario.toAbsolutePath().normalize();
        Path folder = top.getParent();
        for (InputFile input : loaded.inputs()) {
            Path file = Path.of(input.path()).toAbsolutePath().normalize();
            if (folder != null && file.startsWith(folder) && !file.equals(top)) {
                files.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        return new ScenarioBundle(files);
    }

    public byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new IllegalStateException("an array can always be written", e);
        }
        return bytes.toByteArray();
    }

    /** @throws IOException if these are not the bytes of a bundle */
    public static ScenarioBundle decode(byte[] bytes) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        int left = MOST_BYTES;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] content = zip.readNBytes(left + 1);
                left -= content.length;
                if (left < 0) {
                    throw new IOException("a scenario has more than " + (MOST_BYTES >> 20) + " MiB of files");
                }
                files.put(entry.getName(), content);
            }
        }
        if (!files.containsKey(SCENARIO)) {
            throw new IOException("a bundle has no " + SCENARIO);
        }
        return new ScenarioBundle(files);
    }

    /** Loads it by way of a folder that is gone afterwards. */
    public LoadedScenario load() throws IOException, ScenarioException {
        Path folder = Files.createTempDirectory("xenfleet-scenario");
        try {
            for (var file : files.entrySet()) {
                Path to = folder.resolve(file.getKey()).normalize();
                if (!to.startsWith(folder)) {
                    throw new IOException("a bundle names " + file.getKey() + ", which is outside of it");
                }
                Files.createDirectories(to.getParent() == null ? folder : to.getParent());
                Files.write(to, file.getValue());
            }
            return ScenarioLoader.load(folder.resolve(SCENARIO), List.of(), OptionalLong.empty(), OptionalLong.empty());
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
