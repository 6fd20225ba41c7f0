package org.xenfleet.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.xenfleet.cluster.kit.CounterNode;
import org.xenfleet.cluster.kit.TcpForwarder;

/** A node in a process of its own, started by nobody who would help it, and perhaps behind a forwarder. */
final class KillableNode implements AutoCloseable {
    private final NodeChild child;
    private final Queue<String> said;

    private KillableNode(NodeChild child, Queue<String> said) {
        this.child = child;
        this.said = said;
    }

    /** A node with counters. */
    static KillableNode start(String name, NodeOptions options, String... javaOptions) throws IOException {
        return start(name, CounterNode.class, options, javaOptions);
    }

    /** @param main calls {@link NodeMain} */
    static KillableNode start(String name, Class<?> main, NodeOptions options, String... javaOptions)
            throws IOException {
        Queue<String> said = new ConcurrentLinkedQueue<>();
        List<String> more = new ArrayList<>(List.of("-Xmx256m"));
        more.addAll(List.of(javaOptions));
        List<String> command = JvmCommand.of(main.getName(), more, options.toArguments());
        NodeChild child = NodeChild.start(name, command, line -> {
            said.add(line);
            System.err.println(name + ": " + line);
        });
        return new KillableNode(child, said);
    }

    /** A port that is free now, and most probably in a moment. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Options of a member of a launched cluster that others reach through a forwarder only. */
    static NodeOptions behind(TcpForwarder forwarder, int port, NodeRole role) {
        return NodeOptions.of(role, "test")
                .withBind(new Endpoint(Endpoint.LOOPBACK, port))
                .withAdvertised(forwarder.endpoint())
                .withWorkers(1)
                .withLaunched();
    }

    Endpoint endpoint() throws Exception {
        return child.listening().toCompletableFuture().get(120, TimeUnit.SECONDS);
    }

    long pid() {
        return child.pid();
    }

    boolean isAlive() {
        return child.isAlive();
    }

    /** At once, as {@code kill -9} does. */
    void kill() {
        child.kill();
    }

    /** Asks it to end, as its parent does. */
    void end() {
        child.end();
    }

    /** INT, STOP or CONT. */
    void signal(String name) throws Exception {
        signal(name, pid());
    }

    /** The same for any process. */
    static void signal(String name, long pid) throws Exception {
        int code = new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                .start()
                .waitFor();
        if (code != 0) {
            throw new AssertionError("kill -" + name + " failed");
        }
    }

    /** Blocks until it has ended. */
    int exitCode() throws Exception {
        return child.exit().toCompletableFuture().get(120, TimeUnit.SECONDS);
    }

    List<String> said() {
        return List.copyOf(said);
    }

    @Override
    public void close() {
        child.kill();
    }
}
