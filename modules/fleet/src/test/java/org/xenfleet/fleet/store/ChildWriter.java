package org.xenfleet.fleet.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A JVM that runs {@link WriterProcess}. What it says on standard error is seen in the output of the test. */
public final class ChildWriter implements AutoCloseable {
    private final Process process;
    private final BufferedReader said;
    private String last = "nothing";

    private ChildWriter(Process process) {
        this.process = process;
        this.said = process.inputReader();
    }

    public static ChildWriter start(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                WriterProcess.class.getName()));
        command.addAll(List.of(args));
        return new ChildWriter(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    public long pid() {
        return process.pid();
    }

    /** The next line it says; empty once it has ended. */
    public Optional<String> next() {
        try {
            Optional<String> line = Optional.ofNullable(said.readLine());
            line.ifPresent(text -> last = text);
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads on until it says the line. */
    public void await(String wanted) {
        Optional<String> line = next();
        while (!line.equals(Optional.of(wanted))) {
            if (line.isEmpty()) {
                throw new AssertionError("the child ended without saying '" + wanted + "'; its last words: " + last);
            }
            line = next();
        }
    }

    public void tell(String line) throws IOException {
        process.outputWriter().append(line).append('\n').flush();
    }

    /** Kill -9; returns when it is dead. What it has said can still be read. */
    public void kill() {
        // Process.destroyForcibly would close its output.
        process.toHandle().destroyForcibly();
        process.onExit().join();
    }

    /** Its exit code, after it has said all it has to say. */
    public int end() {
        while (next().isPresent()) {
            // Only its last words matter.
        }
        return process.onExit().join().exitValue();
    }

    /** What it said last of all. */
    public String lastWords() {
        while (next().isPresent()) {
            // Read to the end.
        }
        return last;
    }

    @Override
    public void close() {
        kill();
    }
}
