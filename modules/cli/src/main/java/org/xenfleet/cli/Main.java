package org.xenfleet.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The {@code xenfleet} command. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(run(Streams.standard(), args));
    }

    /** Does what a command line asks for and answers the exit code; nothing is ever thrown. */
    static int run(Streams streams, String... args) {
        try {
            CommandLine line = commandLine(streams, args);
            return line.execute(CommandFirst.reorder(line, args));
        } catch (Throwable e) { // also a lack of memory becomes a sentence
            return Failures.tell(streams, e);
        }
    }

    static CommandLine commandLine(Streams streams, String... args) {
        boolean colour = streams.terminal().colour();
        CommandLine line = new CommandLine(new XenfleetCommand())
                .addSubcommand(new RunCommand(streams, List.of(args)))
                .addSubcommand(new ResumeCommand(streams))
                .addSubcommand(new ReplayCommand(streams))
                .addSubcommand(new NodeCommand(streams))
                .addSubcommand(new StatusCommand(streams))
                .addSubcommand(new ValidateCommand(streams))
                .addSubcommand(new AssessCommand(streams))
                .addSubcommand(new VersionCommand(streams));
        return line.setOut(new PrintWriter(new HelpWriter(streams), true))
                .setErr(new PrintWriter(streams.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(CommandLine.Help.defaultColorScheme(colour ? Ansi.ON : Ansi.OFF))
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(Math.min(100, streams.terminal().width()))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, words) -> Failures.badCommandLine(streams, e))
                .setExecutionExceptionHandler((e, command, parsed) -> Failures.tell(streams, e));
    }
}
