package org.xenfleet.cluster;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.slf4j.LoggerFactory;

/**
 * The main class of a node that {@link LocalNodes} started. Its words: name, host:port of the launcher, number of workers, and the
 * file with the password of the store or nothing.
 */
public final class NodeMain {
    private NodeMain() {}

    public static void main(String[] words) {
        LoggerFactory.getILoggerFactory();
        NodeProcess.onEndOfInput(() -> Runtime.getRuntime().halt(NodeProcess.LEFT));
        NodeOptions options = new NodeOptions(
                words[0],
                NodeRoles.NODE,
                NodeOptions.LOOPBACK,
                0,
                Optional.of(words[1]),
                OptionalInt.of(Integer.parseInt(words[2])),
                Optional.empty(),
                true,
                words.length > 3 ? Optional.of(Path.of(words[3])) : Optional.empty());
        int code = NodeProcess.run(options, NodeMain::tellParent, new CompletableFuture<>());
        System.err.println("cut off from the others, which go on without it");
        System.exit(code);
    }

    private static void tellParent(String hostPort) {
        System.out.println(hostPort);
        System.out.flush();
    }
}
