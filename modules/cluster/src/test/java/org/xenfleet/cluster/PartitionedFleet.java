package org.xenfleet.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.xenfleet.cluster.kit.TcpForwarder;

/** A launcher, which is this process, and nodes that simulate hosts, all of which reach each other through forwarders only. */
final class PartitionedFleet implements AutoCloseable {
    private static final String SOURCE = "127.0.0.1";

    /** The launcher's is the first. */
    private final List<TcpForwarder> forwarders = new ArrayList<>();

    private final List<KillableNode> nodes = new ArrayList<>();
    private final ClusterNode launcher;
    private final RunCluster cluster;

    /** Starts them one after the other, so that node 1 is the oldest, and waits until all are members. */
    PartitionedFleet(int count) throws Exception {
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i <= count; i++) {
            ports.add(KillableNode.freePort());
            forwarders.add(new TcpForwarder(new Endpoint(Endpoint.LOOPBACK, ports.get(i))));
        }
        launcher = ClusterNode.start(
                KillableNode.behind(forwarders.get(0), ports.get(0), NodeRole.LAUNCHER), FleetNode.from(source(0)));
        for (int i = 1; i <= count; i++) {
            NodeOptions options = KillableNode.behind(forwarders.get(i), ports.get(i), NodeRole.NODE)
                    .withJoin(launcher.endpoint());
            KillableNode node = KillableNode.start(
                    "node " + i,
                    FleetNode.class,
                    options,
                    "-D" + FleetNode.SOURCE + "=" + source(i),
                    "-D" + FleetNode.NAME + "=node " + i);
            nodes.add(node);
            launcher.awaitUp(List.of(node.endpoint())).toCompletableFuture().get(120, TimeUnit.SECONDS);
        }
        cluster = RunCluster.of(launcher);
    }

    RunCluster cluster() {
        return cluster;
    }

    /** @param number from 1 */
    KillableNode node(int number) {
        return nodes.get(number - 1);
    }

    TcpForwarder forwarder(int number) {
        return forwarders.get(number);
    }

    /** Nothing passes between that node and all others, in either direction. */
    void isolate(int number) {
        for (int i = 0; i < forwarders.size(); i++) {
            if (i == number) {
                forwarders.get(i).cut();
            } else {
                forwarders.get(i).cutFrom(source(number));
            }
        }
    }

    /** Breaks all connections there are, with what is on its way in them; new ones work. */
    void breakConnections() {
        forwarders.forEach(TcpForwarder::drop);
    }

    /** Blocks until so many bytes have passed to or from every member since now. */
    void awaitTraffic(long bytes, Duration patience) throws InterruptedException {
        for (TcpForwarder forwarder : forwarders) {
            forwarder.awaitForwarded(forwarder.forwarded() + bytes, patience);
        }
    }

    /** Ends of connections that have been broken so far. */
    long broken() {
        return forwarders.stream().mapToLong(TcpForwarder::broken).sum();
    }

    /** Everything passes again, also what has waited. */
    void heal() {
        forwarders.forEach(TcpForwarder::heal);
    }

    /** Nodes that are members and seem to be reachable. */
    long members() {
        Iterable<Member> members = Cluster.get(launcher.system()).state().getMembers();
        return StreamSupport.stream(members.spliterator(), false)
                .filter(member -> member.hasRole(NodeRole.NODE.label()) && member.status() == MemberStatus.up())
                .count();
    }

    private static String source(int member) {
        return SOURCE + member;
    }

    @Override
    public void close() {
        cluster.close();
        nodes.forEach(KillableNode::close);
        forwarders.forEach(TcpForwarder::close);
    }
}
