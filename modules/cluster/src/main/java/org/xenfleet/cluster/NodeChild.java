package org.xenfleet.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A process of this machine that runs {@link NodeMain}. It ends when its standard input does, and so with this process,
 * however that ends. Any thread may use it.
 */
final class NodeChild {
    private final Process process;
    private final CompletableFuture<Endpoint> listening = new CompletableFuture<>();

    private NodeChild(Process process) {
        this.process = process;
    }

    /**
     * @param name for its threads
     * @param said gets every line that it writes, but the first on its standard output, from a thread of its own
     */
    static NodeChild start(String name, List<String> command, Consumer<String> said) throws IOException {
        NodeChild child = new NodeChild(new ProcessBuilder(command).start());
        child.read(name + " out", child.process.getInputStream(), line -> child.onOutput(line, said));
        child.read(name + " err", child.process.getErrorStream(), said);
        child.exit()
                .thenAccept(code -> child.listening.completeExceptionally(
                        new NodeRefusal("it ended with " + code + " before it listened")));
        return child;
    }

    private void onOutput(String line, Consumer<String> said) {
        Optional<Endpoint> endpoint = NodeMain.readAnnouncement(line);
        if (endpoint.isPresent()) {
            listening.complete(endpoint.get());
        } else {
            said.accept(line);
        }
    }

    private void read(String name, InputStream stream, Consumer<String> line) {
        Thread reader = new Thread(
                () -> {
                    try (BufferedReader lines =
                            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                        lines.lines().forEach(line);
                    } catch (IOException | java.io.UncheckedIOException e) {
                        // the process has ended
                    }
                },
                name);
        reader.setDaemon(true);
        reader.start();
    }

    /** Done when it has said where it listens; failed if it ended before. */
    CompletionStage<Endpoint> listening() {
        return listening;
    }

    /** Done when it has ended, with its exit code, or 128 and the number of the signal that killed it. */
    CompletionStage<Integer> exit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Asks it to end at once, which is no failure. */
    void end() {
        try (OutputStream in = process.getOutputStream()) {
            in.write((NodeMain.END + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // it has ended
        }
    }

    /** Ends it without asking. */
    void kill() {
        process.destroyForcibly();
    }
}
