package org.xenfleet.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.LoggerFactory;

/**
 * The main class of a node that {@link LocalNodes} started. Its words: its name, the file with the password of the store or a
 * dash, and {@link NodeOptions#toArguments}.
 */
public final class NodeMain {
    private NodeMain() {}

    public static void main(String[] words) throws NodeRefusal {
        LoggerFactory.getILoggerFactory();
        NodeProcess.onEndOfInput(() -> Runtime.getRuntime().halt(NodeEnd.Kind.PARENT_GONE.exitCode()));
        List<String> all = List.of(words);
        Optional<Path> password = all.get(1).equals("-") ? Optional.empty() : Optional.of(Path.of(all.get(1)));
        NodeOptions options = NodeOptions.fromArguments(all.subList(2, all.size()));
        NodeEnd end = NodeProcess.run(options, all.get(0), password, NodeMain::tellParent, new CompletableFuture<>());
        System.err.println(end.sentence());
        System.exit(end.exitCode());
    }

    private static void tellParent(Endpoint where) {
        System.out.println(LocalNodes.WHERE + where);
        System.out.flush();
    }
}
