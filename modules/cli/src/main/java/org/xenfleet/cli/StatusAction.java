package org.xenfleet.cli;

import java.io.IOException;
import java.util.List;
import org.xenfleet.cluster.Endpoint;
import org.xenfleet.cluster.RunCluster;
import org.xenfleet.cluster.RunWords.Status;
import org.xenfleet.report.HumanText;
import org.xenfleet.results.OutputException;
import tools.jackson.databind.json.JsonMapper;

/** One run of {@code xenfleet status}. One thread, used once. */
final class StatusAction {
    private final Streams streams;
    private final String member;
    private final Where.Network network;
    private final boolean json;

    StatusAction(Streams streams, String member, Where.Network network, boolean json) {
        this.streams = streams;
        this.member = member;
        this.network = network;
        this.json = json;
    }

    int run() throws OutputException {
        Logging.start();
        try (RunCluster cluster = RunCluster.join(Endpoint.parse(member), InCluster.client(network))) {
            Status status = cluster.status();
            streams.print(json ? JsonMapper.shared().writeValueAsString(status) + "\n" : text(status));
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
