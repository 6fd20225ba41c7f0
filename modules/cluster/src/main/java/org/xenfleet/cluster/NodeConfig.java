package org.xenfleet.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValueFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration of a member's actor system: what {@code node.conf} says, the pace of one machine or of several, and
 * what the options of this member add. Neither the environment nor system properties are asked.
 */
public final class NodeConfig {
    /** Of every member's actor system, and so a part of every address. */
    public static final String SYSTEM = "xenfleet";

    /** The dispatcher of actors that simulate; they may hold a thread for long. */
    public static final String SIMULATION_DISPATCHER = "xenfleet.simulation-dispatcher";

    private NodeConfig() {}

    /** @throws NodeRefusal with a sentence if the options do not go together, or a file or a host is not there */
    public static Config of(NodeOptions options) throws NodeRefusal {
        return of(options, ConfigFactory.empty());
    }

    /** @param more wins over everything but the options */
    public static Config of(NodeOptions options, Config more) throws NodeRefusal {
        Reach reach = Reach.of(options);
        if (options.tls().isPresent()) {
            options.tls().get().check();
        }
        Config settings = ConfigFactory.parseMap(settings(options))
                .withFallback(more)
                .withFallback(resource(pace(reach, options)))
                .withFallback(resource("node.conf"))
                .withFallback(resource("wire.conf"))
                .withFallback(ConfigFactory.defaultReference())
                .resolve();
        return settings.withValue(
                SameBuild.KEY, ConfigValueFactory.fromAnyRef(SameBuild.of(options.build(), settings)));
    }

    private static Map<String, Object> settings(NodeOptions options) {
        Endpoint known = options.advertised().orElse(options.bind());
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("pekko.cluster.roles", List.of(options.role().label()));
        settings.put("pekko.remote.artery.canonical.hostname", known.host());
        settings.put("pekko.remote.artery.canonical.port", known.port());
        settings.put("pekko.remote.artery.bind.hostname", options.bind().host());
        settings.put(
                "pekko.remote.artery.bind.port",
                options.advertised().isEmpty() ? "" : options.bind().port());
        settings.put(SIMULATION_DISPATCHER + ".fork-join-executor.parallelism-min", options.workers());
        settings.put(SIMULATION_DISPATCHER + ".fork-join-executor.parallelism-max", options.workers());
        options.tls().ifPresent(files -> {
            String engine = "pekko.remote.artery.ssl.rotating-keys-engine.";
            settings.put("pekko.remote.artery.transport", "tls-tcp");
            settings.put(engine + "key-file", files.key().toString());
            settings.put(engine + "cert-file", files.certificate().toString());
            settings.put(engine + "ca-cert-file", files.authority().toString());
        });
        return settings;
    }

    /** How soon a member is missed. */
    private static String pace(Reach reach, NodeOptions options) {
        if (reach == Reach.OTHERS) {
            return "pace-network.conf";
        }
        return options.launched() ? "pace-launched.conf" : "pace-one-machine.conf";
    }

    private static Config resource(String name) {
        return ConfigFactory.parseResources(
                NodeConfig.class, name, ConfigParseOptions.defaults().setAllowMissing(false));
    }

    /** Who can connect to a member. */
    private enum Reach {
        THIS_MACHINE,
        OTHERS;

        static Reach of(NodeOptions options) throws NodeRefusal {
            InetAddress bind = resolve(options.bind().host());
            if (bind.isAnyLocalAddress() && options.advertised().isEmpty()) {
                throw new NodeRefusal("A node that listens on all addresses ("
                        + options.bind().host() + ") must say under which one others reach it: --advertise HOST:PORT.");
            }
            if (bind.isLoopbackAddress()) {
                checkSeed(options.bind(), options.join());
                return THIS_MACHINE;
            }
            if (options.tls().isEmpty() && !options.insecure()) {
                throw new NodeRefusal(
                        "Others could connect to " + options.bind().host()
                                + ", and nobody would ask who they are. Give --tls-key, --tls-cert and --tls-ca, or say"
                                + " --insecure if nobody else is in that network.");
            }
            return OTHERS;
        }

        private static void checkSeed(Endpoint bind, Optional<Endpoint> join) throws NodeRefusal {
            if (join.isPresent() && !resolve(join.get().host()).isLoopbackAddress()) {
                throw new NodeRefusal("A node that listens on " + bind.host() + " cannot be reached by " + join.get()
                        + ". Say an address of this machine that others can reach: --bind HOST:PORT.");
            }
        }

        private static InetAddress resolve(String host) throws NodeRefusal {
            try {
                return InetAddress.getByName(host);
            } catch (UnknownHostException e) {
                throw new NodeRefusal("There is no host '" + host + "'.", e);
            }
        }
    }
}
