package org.xenfleet.host.statements;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.xenfleet.host.TestHost;

/** Runs the hosts of a statement, with what it rests on or without. Used by one thread. */
final class Lab {
    private final Path folder;
    private final List<String> leftOut;
    private int hosts;

    /** {@code leftOut} are settings that take away what the statement rests on; none for the statement itself. */
    Lab(Path folder, List<String> leftOut) {
        this.folder = folder;
        this.leftOut = leftOut;
    }

    /** Whether what the statement rests on is taken away. */
    boolean isCounter() {
        return !leftOut.isEmpty();
    }

    /**
     * Runs one host in a folder of its own.
     *
     * @param body what stands inside {@code hosts.h}; memory is 64GiB unless it says otherwise
     * @param rest the rest of the scenario: workloads, costs
     * @param xl content of the xl files by name
     * @param settings as {@code --set} takes them, before those that leave something out
     */
    TestHost.Outcome run(String duration, String body, String rest, Map<String, String> xl, String... settings) {
        TestHost host = TestHost.in(folder(), duration, body, rest);
        xl.forEach(host::xl);
        List<String> all = new ArrayList<>(List.of(settings));
        all.addAll(leftOut);
        all.forEach(host::set);
        return host.run();
    }

    private Path folder() {
        try {
            return Files.createDirectories(folder.resolve("host-" + hosts++));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
