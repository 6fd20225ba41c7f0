package org.xenfleet.bench;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine;

/** What {@code ./xenfleet bench} runs. */
public final class Main {
    private static final int INTERNAL_ERROR = 70;
    private static final String HOME = "xenfleet.home";

    private Main() {}

    public static void main(String[] args) {
        // CloudSim Plus brings a logback.xml of its own, which says everything.
        System.setProperty("logback.configurationFile", "bench-logback.xml");
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.exit(commandLine(out, Path.of(System.getProperty(HOME, ""))).execute(args));
    }

    static CommandLine commandLine(PrintStream out, Path home) {
        return new CommandLine(new BenchCommand(out, home))
                .setExitCodeExceptionMapper(e -> INTERNAL_ERROR)
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    command.getErr().println("xenfleet bench: " + e.getMessage());
                    if (System.getenv("XENFLEET_DEBUG") != null) {
                        e.printStackTrace(command.getErr());
                    }
                    return INTERNAL_ERROR;
                });
    }
}
