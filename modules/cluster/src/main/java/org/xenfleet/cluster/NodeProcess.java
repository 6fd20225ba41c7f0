package org.xenfleet.cluster;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.JoinSeedNodes;
import org.apache.pekko.cluster.typed.Leave;

/** A node of a cluster, in a process of its own. */
public final class NodeProcess {
    /** The node left the cluster because it was told to. */
    public static final int LEFT = 0;
    /** The cluster went on without it. */
    public static final int CUT_OFF = 75;

    static final String SYSTEM = "xenfleet";

    private NodeProcess() {}

    /**
     * Is a node until it is stopped or the cluster goes on without it.
     *
     * @param say hears sentences: first where it is
     * @param stop complete it to leave the cluster; never completes if nobody does
     * @return the exit code of the process
     */
    public static int run(NodeOptions options, Consumer<String> say, CompletableFuture<?> stop) {
        NodeSecrets.use(options.storePassword());
        ActorSystem<Void> system = ActorSystem.create(
                NodeActors.node(options.name(), options.workersOrDefault()), SYSTEM, NodeConfig.of(options));
        Cluster cluster = Cluster.get(system);
        Address self = cluster.selfMember().address();
        cluster.manager()
                .tell(new JoinSeedNodes(
                        List.of(options.join().map(NodeProcess::address).orElse(self))));
        say.accept(self.hostPort().substring(self.hostPort().indexOf('@') + 1));
        stop.thenRun(() -> cluster.manager().tell(new Leave(self)));
        system.getWhenTerminated().toCompletableFuture().join();
        return stop.isDone() ? LEFT : CUT_OFF;
    }

    /** @param hostPort such as {@code 127.0.0.1:25520} */
    static Address address(String hostPort) {
        return AddressFromURIString.parse("pekko://" + SYSTEM + "@" + hostPort);
    }

    /** Calls {@code then} when standard input ends, which it does when the process that gave it is gone. */
    static void onEndOfInput(Runnable then) {
        Thread reader = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            // nothing is said this way
                        }
                    } catch (IOException e) {
                        // gone as well
                    }
                    then.run();
                },
                "parent");
        reader.setDaemon(true);
        reader.start();
    }
}
