package org.xenfleet.cluster.kit;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.xenfleet.cluster.ClusterNode;
import org.xenfleet.cluster.LocalNodes;
import org.xenfleet.cluster.NodeExit;
import org.xenfleet.cluster.NodeOptions;
import org.xenfleet.cluster.NodeRole;

/** The main class of a launcher with two nodes, which says their process numbers and then waits to be killed. */
public final class CounterLauncher {
    private CounterLauncher() {}

    public static void main(String[] args) throws Exception {
        ClusterNode launcher = ClusterNode.start(NodeOptions.of(NodeRole.LAUNCHER, "test"), Counters.configuration());
        LocalNodes nodes = LocalNodes.start(
                launcher,
                new LocalNodes.Settings(2, 1, CounterNode.class.getName(), List.of(), List.of()),
                new LocalNodes.Listener() {
                    @Override
                    public void said(int node, String line) {
                        System.err.println("node " + node + ": " + line);
                    }

                    @Override
                    public void ended(NodeExit exit) {
                        System.err.println(exit.sentence());
                    }
                });
        nodes.ready().toCompletableFuture().join();
        System.out.println(nodes.pids().stream().map(String::valueOf).collect(Collectors.joining(" ")));
        System.out.flush();
        new CountDownLatch(1).await();
    }
}
