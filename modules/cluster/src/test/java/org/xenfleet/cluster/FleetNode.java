package org.xenfleet.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Optional;

/** The main class of a node that simulates hosts, and whose connections come from an address of its own. */
final class FleetNode {
    /** System properties: where its connections come from, and what it is called. */
    static final String SOURCE = "xenfleet.test.source";

    static final String NAME = "xenfleet.test.name";

    private FleetNode() {}

    public static void main(String[] args) {
        String name = System.getProperty(NAME, "a node");
        NodeMain.run(
                args,
                from(System.getProperty(SOURCE, Endpoint.LOOPBACK)),
                node -> NodeActors.simulate(node, name, new NodeStores(Optional.empty())));
    }

    /** Makes connections come from that address, so that they can be told apart. */
    static Config from(String source) {
        return ConfigFactory.parseString(
                "pekko.remote.artery.advanced.tcp.outbound-client-hostname = \"" + source + "\"");
    }
}
