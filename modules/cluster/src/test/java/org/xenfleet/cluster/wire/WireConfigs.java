package org.xenfleet.cluster.wire;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

/** Configurations of an actor system that speaks {@link Letter}. */
final class WireConfigs {
    private WireConfigs() {}

    /** @param changes in HOCON, which win */
    static Config letters(String... changes) {
        return ConfigFactory.parseString(String.join("\n", changes))
                .withFallback(ConfigFactory.parseResources("org/xenfleet/cluster/wire/letters.conf"))
                .withFallback(ConfigFactory.parseResources("org/xenfleet/cluster/wire.conf"))
                .withFallback(ConfigFactory.defaultReference())
                .resolve();
    }
}
