package org.xenfleet.cluster.kit;

import org.xenfleet.cluster.NodeMain;

/** The main class of a node with counters. */
public final class CounterNode {
    /** A system property: where its connections come from. */
    public static final String SOURCE = "xenfleet.test.source";

    private CounterNode() {}

    public static void main(String[] args) {
        String source = System.getProperty(SOURCE);
        NodeMain.run(args, source == null ? Counters.configuration() : Counters.configuration(source), Counters::start);
    }
}
