package org.xenfleet.cluster.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One message of each type, in a resource beside the test: a line with the class name, the bytes in hex, and what was in the
 * message.
 */
final class KeptSamples {
    private final Class<?> test;

    /** A message as it was once sent, and its {@link Structure}. */
    record Kept(byte[] bytes, String structure) {}

    KeptSamples(Class<?> test) {
        this.test = test;
    }

    /** By class names. */
    Map<String, Kept> read() {
        Map<String, Kept> samples = new TreeMap<>();
        try (InputStream in = test.getResourceAsStream(file())) {
            if (in == null) {
                throw new AssertionError("there is no " + file() + "; -Dxenfleet.fixtures.write=true makes it");
            }
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(line -> {
                String[] words = line.split(" ", 3);
                samples.put(words[0], new Kept(HexFormat.of().parseHex(words[1]), words[2]));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return samples;
    }

    /**
     * Adds those that are missing, and drops those whose types are gone. What is there stays as it is: whoever means to
     * break with the past deletes the line. Writes where the sources are and where the tests read; Surefire runs tests in
     * the folder of the module.
     */
    void write(Map<String, Kept> samples) throws IOException {
        Map<String, Kept> all = new TreeMap<>(samples);
        if (test.getResource(file()) != null) {
            Map<String, Kept> before = read();
            all.replaceAll((name, sample) -> before.getOrDefault(name, sample));
        }
        String text = all.entrySet().stream()
                .map(entry -> entry.getKey() + " "
                        + HexFormat.of().formatHex(entry.getValue().bytes()) + " "
                        + entry.getValue().structure() + "\n")
                .collect(Collectors.joining());
        for (String root : new String[] {"src/test/resources", "target/test-classes"}) {
            Path path = Path.of(root, test.getPackageName().replace('.', '/'), file());
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        }
    }

    private String file() {
        return test.getSimpleName() + ".samples";
    }
}
