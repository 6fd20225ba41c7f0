package org.xenfleet.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * A process that is a node of another process of this machine, its parent, which starts it with
 * {@link NodeOptions#toArguments} and words of its own. To the parent it writes on the first line where it listens; what it reads is the parent:
 * a line {@code end} asks it to go, and the end of input means that the parent is no more.
 */
public final class NodeMain {
    static final String END = "end";

    /** The word that says what a node is called, for people. */
    static final String NAME = "name";

    /** The word that says the file with the password of the stores of runs. */
    static final String STORE_PASSWORD = "store-password";

    /** How long a node that is interrupted waits for its parent to say what becomes of it. */
    private static final long INTERRUPTED_SECONDS = 30;

    private static final String ANNOUNCEMENT = "xenfleet-node 1 ";

    private NodeMain() {}

    public static void main(String[] args) {
        String name = word(args, NAME).orElse("a node");
        NodeStores stores = new NodeStores(word(args, STORE_PASSWORD).map(Path::of));
        run(args, ConfigFactory.empty(), node -> NodeActors.simulate(node, name, stores));
    }

    private static Optional<String> word(String[] args, String name) {
        return Arrays.stream(args)
                .filter(word -> word.startsWith(name + "="))
                .map(word -> word.substring(name.length() + 1))
                .findFirst();
    }

    /**
     * Is the node until it ends, and then ends the process.
     *
     * @param more configuration of the services
     * @param services starts what runs on the node
     */
    public static void run(String[] args, Config more, Consumer<ClusterNode> services) {
        LoggerFactory.getILoggerFactory(); // before there is a second thread, which would hear of its being set up
        Runtime.getRuntime().addShutdownHook(new Thread(NodeMain::goOn, "interrupted"));
        int code;
        try {
            NodeOptions options = NodeOptions.fromArguments(List.of(args));
            NodeEnd end = NodeProcess.run(options, more, services, NodeMain::announce, parent());
            if (end.exitCode() != 0) {
                System.err.println(end.sentence());
            }
            code = end.exitCode();
        } catch (NodeRefusal | RuntimeException e) {
            System.err.println("error: " + e.getMessage());
            code = NodeEnd.Kind.FAILED.exitCode();
        }
        // What still simulates must not keep the process alive; its hosts are somebody else's by now.
        Runtime.getRuntime().halt(code);
    }

    /**
     * Ctrl-C in a terminal reaches parent and nodes at once; the parent then stops the run in good order, which needs the nodes,
     * and ends them. Meanwhile the other threads of this process go on.
     */
    private static void goOn() {
        try {
            TimeUnit.SECONDS.sleep(INTERRUPTED_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void announce(Endpoint endpoint) {
        System.out.println(ANNOUNCEMENT + endpoint);
        System.out.flush();
    }

    /** Empty if the line is something else. A logger may have left something at its beginning, such as a colour's end. */
    static Optional<Endpoint> readAnnouncement(String line) {
        int at = line.indexOf(ANNOUNCEMENT);
        return at < 0 ? Optional.empty() : Optional.of(Endpoint.parse(line.substring(at + ANNOUNCEMENT.length())));
    }

    /** Done when the parent asks for the end, or is no more. */
    private static CompletableFuture<NodeEnd> parent() {
        CompletableFuture<NodeEnd> stop = new CompletableFuture<>();
        Thread reader = new Thread(
                () -> {
                    boolean asked = false;
                    try (BufferedReader in =
                            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
                        asked = END.equals(in.readLine());
                    } catch (IOException e) {
                        // as if there were no parent
                    }
                    stop.complete(
                            asked
                                    ? new NodeEnd(NodeEnd.Kind.LEFT, "This node was asked to end.")
                                    : new NodeEnd(
                                            NodeEnd.Kind.PARENT_GONE,
                                            "The process that started this node is no more, so this node ends too."));
                },
                "parent");
        reader.setDaemon(true);
        reader.start();
        return stop;
    }
}
