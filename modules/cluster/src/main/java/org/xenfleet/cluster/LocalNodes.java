package org.xenfleet.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.actor.Address;

/**
 * Processes of this machine that are nodes of one cluster and end with this process. Their errors go to the listener line by
 * line. Safe for use by many threads.
 */
final class LocalNodes implements AutoCloseable {

    /** Hears of nodes, on threads of its own. */
    interface Listener {
        void says(String node, String line);

        /** The process is gone; {@code address} is where it was, if it ever said so. */
        void gone(String node, Optional<Address> address);
    }

    private final List<Process> processes = new ArrayList<>();
    private volatile boolean closing;

    /**
     * Starts them; does not wait until they are members.
     *
     * @param launcher host:port of this process
     * @param workers threads of each
     */
    LocalNodes(int number, String launcher, int workers, Optional<Path> storePassword, Listener listener)
            throws IOException {
        try {
            for (int i = 1; i <= number; i++) {
                start("node " + i, launcher, workers, storePassword, listener);
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void start(
            String name, String launcher, int workers, Optional<Path> storePassword, Listener listener)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (!option.startsWith("-agentlib") && !option.startsWith("-XX:SharedArchiveFile")) {
                command.add(option);
            }
        }
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(NodeMain.class.getName());
        command.add(name);
        command.add(launcher);
        command.add(Integer.toString(workers));
        storePassword.ifPresent(file -> command.add(file.toAbsolutePath().toString()));
        Process process = new ProcessBuilder(command).start();
        processes.add(process);
        AddressOf address = new AddressOf();
        read(name + " out", process.getInputStream(), line -> address.said = Optional.of(NodeProcess.address(line)));
        read(name + " err", process.getErrorStream(), line -> listener.says(name, line));
        process.onExit().thenRun(() -> {
            if (!closing) {
                listener.gone(name, address.said);
            }
        });
    }

    private static final class AddressOf {
        private volatile Optional<Address> said = Optional.empty();
    }

    private static void read(String name, InputStream from, Consumer<String> line) {
        Thread reader = new Thread(
                () -> {
                    try (BufferedReader lines =
                            new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
                        lines.lines().forEach(line);
                    } catch (IOException | java.io.UncheckedIOException e) {
                        // the process is gone
                    }
                },
                name);
        reader.setDaemon(true);
        reader.start();
    }

    /** How many are alive. */
    long alive() {
        return processes.stream().filter(Process::isAlive).count();
    }

    List<Long> pids() {
        return processes.stream().map(Process::pid).toList();
    }

    @Override
    public void close() {
        closing = true;
        processes.forEach(Process::destroyForcibly);
    }
}
