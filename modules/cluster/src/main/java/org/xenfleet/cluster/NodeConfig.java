package org.xenfleet.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The configuration of a member of a cluster. Stateless. */
final class NodeConfig {
    private static final ConfigParseOptions MUST_BE = ConfigParseOptions.defaults().setAllowMissing(false);

    private NodeConfig() {}

    /** Nothing of it comes from system properties or the environment. */
    static Config of(NodeOptions options) {
        Map<String, Object> own = new HashMap<>();
        own.put("pekko.remote.artery.canonical.hostname", options.host());
        own.put("pekko.remote.artery.canonical.port", options.port());
        own.put("pekko.cluster.roles", List.of(options.role()));
        own.put("xenfleet.simulation-dispatcher.fork-join-executor.parallelism-min", options.workersOrDefault());
        own.put("xenfleet.simulation-dispatcher.fork-join-executor.parallelism-max", options.workersOrDefault());
        // the user's process is the oldest member of a cluster that it starts, and its side lives
        own.put("pekko.cluster.split-brain-resolver.active-strategy", options.launched() ? "keep-oldest" : "keep-majority");
        own.put("pekko.cluster.split-brain-resolver.keep-oldest.down-if-alone", false);
        options.tls().ifPresent(tls -> {
            own.put("pekko.remote.artery.transport", "tls-tcp");
            own.put(
                    "pekko.remote.artery.ssl.ssl-engine-provider",
                    "org.apache.pekko.remote.artery.tcp.ssl.RotatingKeysSSLEngineProvider");
            String engine = "pekko.remote.artery.ssl.rotating-keys-engine.";
            own.put(engine + "key-file", tls.key().toString());
            own.put(engine + "cert-file", tls.certificate().toString());
            own.put(engine + "ca-cert-file", tls.authority().toString());
        });
        return ConfigFactory.parseMap(own)
                .withFallback(resource("node.conf"))
                .withFallback(resource("wire.conf"))
                .withFallback(ConfigFactory.defaultReference())
                .resolve();
    }

    private static Config resource(String name) {
        return ConfigFactory.parseResources(NodeConfig.class, name, MUST_BE);
    }
}
