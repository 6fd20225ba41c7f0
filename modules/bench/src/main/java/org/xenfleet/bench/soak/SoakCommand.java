package org.xenfleet.bench.soak;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code xenfleet bench soak}. */
@Command(
        name = "soak",
        description =
                "Simulates a fleet on three nodes again and again, kills nodes at instants drawn by seed (kill -9), and sees"
                        + " to it that every run comes to the digest of the undisturbed one.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every run did", "1:one did not, or nobody took over in time", "70:it could not be tried"})
public final class SoakCommand implements Callable<Integer> {
    private static final int MISSED = 1;

    @Option(names = "--kills", paramLabel = "N", description = "So many nodes are killed; 1000 if not given.")
    private int kills = 1_000;

    @Option(names = "--seed", paramLabel = "N", description = "Draws who is killed, and when; 1 if not given.")
    private long seed = 1;

    @Option(
            names = "--takeover",
            paramLabel = "MS",
            description =
                    "How soon others must have taken over; 5000 if not given, which a machine that does little else keeps.")
    private long takeoverMs = 5_000;

    private final PrintStream out;
    private final Path home;

    public SoakCommand(PrintStream out, Path home) {
        this.out = out;
        this.home = home;
    }

    @Override
    public Integer call() throws Exception {
        return new Soak(out, home.resolve("config/heartbeats.conf"), kills, seed, takeoverMs).run() ? 0 : MISSED;
    }
}
