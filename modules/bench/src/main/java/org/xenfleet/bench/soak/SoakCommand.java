package org.xenfleet.bench.soak;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.xenfleet.fleet.conduct.HostShard.Sizes;
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
    private static final long CHECKPOINTS_MS = 1_000;

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

    @Option(
            names = "--scenario",
            paramLabel = "FILE",
            description =
                    "Another scenario than two pools that meet and one that does not, cut into shards of the usual sizes.")
    private @Nullable Path scenario;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Changes the scenario. May be given several times.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--at",
            paramLabel = "PERCENT",
            description = "Always kills one node, when so much of the run is done.")
    private Optional<Double> at = Optional.empty();

    private final PrintStream out;
    private final Path home;

    public SoakCommand(PrintStream out, Path home) {
        this.out = out;
        this.home = home;
    }

    @Override
    public Integer call() throws Exception {
        Soaked soaked = scenario == null
                ? Soaked.shipped(home.resolve("config/heartbeats.conf"), settings)
                : new Soaked(scenario, settings, Sizes.DEFAULT, CHECKPOINTS_MS);
        return new Soak(out, soaked, new Deaths(kills, seed, at), takeoverMs).run() ? 0 : MISSED;
    }
}
