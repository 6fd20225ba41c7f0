package org.xenfleet.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.xenfleet.cluster.RunCluster;
import org.xenfleet.cluster.RunWords.Status;
import org.xenfleet.report.HumanText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** The options of {@code xenfleet status}. */
@Command(
        name = "status",
        description = "Asks a cluster which run it simulates, how far it is, and which nodes there are.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  xenfleet status 127.0.0.1:25520"})
final class StatusCommand implements Callable<Integer> {

    enum Format {
        text,
        json
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "HOST:PORT", description = "Any node of the cluster.", arity = "1")
    private String member = "";

    @Option(names = "--format", paramLabel = "FORMAT", description = "text (the default) or json.")
    private @Nullable Format format;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private NetworkOptions network;

    private final Streams streams;

    StatusCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        if (!Networks.isHostPort(member)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "'" + member + "' is no node; write its address and port, such as 127.0.0.1:25520.");
        }
        Where.Network how = network.network(spec.commandLine());
        Logging.start();
        try (RunCluster cluster = RunCluster.join(member, Networks.host(how), Networks.port(how), InCluster.tls(how))) {
            Status status = cluster.status();
            streams.print(format == Format.json ? JsonMapper.shared().writeValueAsString(status) + "\n" : text(status));
            return Exit.OK;
        } catch (IOException e) {
            streams.say("error: " + e.getMessage());
            return Exit.BAD_INPUT;
        }
    }

    private static String text(Status status) {
        List<String> nodes = status.members();
        String of = HumanText.count(nodes.size(), "node") + ": " + String.join(", ", nodes) + "\n";
        if (status.run().isEmpty()) {
            return "No run. " + of;
        }
        int percent = status.totalNs() == 0 ? 0 : (int) (100.0 * status.simulatedNs() / status.totalNs());
        return "Run " + status.run() + " of " + status.scenario() + ": " + percent + " % simulated, "
                + HumanText.count(status.hostsDone()) + " of " + HumanText.count(status.hostsTotal(), "host")
                + " done, "
                + HumanText.count(status.events()) + " events. " + of;
    }
}
