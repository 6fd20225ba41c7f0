package org.xenfleet.cluster;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Shows what nodes say, and keeps their ends. */
final class PrintingListener implements LocalNodes.Listener {
    private final BlockingQueue<NodeExit> exits = new LinkedBlockingQueue<>();

    @Override
    public void said(int node, String line) {
        System.err.println("node " + node + ": " + line);
    }

    @Override
    public void ended(NodeExit exit) {
        exits.add(exit);
    }

    BlockingQueue<NodeExit> exits() {
        return exits;
    }
}
