package org.xenfleet.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command itself, which does nothing without one of its subcommands. */
@Command(
        name = "xenfleet",
        description =
                "Simulates fleets of Xen hosts: who is starved and for how long, which host dies, and what helps.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0   done, and every expectation is met",
            "  1   an expectation is not met, or assess found what --fail-on names",
            "  2   bad input; nothing ran and nothing was written",
            "  3   stopped by a limit or by the user; partial results are kept",
            "  4   a replay comes to something else",
            "  70  internal error, or output that cannot be written",
            "",
            "Measured against its peers it is by the launcher: ./xenfleet bench --help"
        })
final class XenfleetCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say what to do: run, resume, replay, node, status, validate, assess or version.");
    }
}
