package org.xenfleet.cluster.wire;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Collection;
import java.util.List;
import org.xenfleet.cluster.RunWords.Retire;
import org.xenfleet.cluster.RunWords.StartOn;
import org.xenfleet.cluster.RunWords.Status;
import org.xenfleet.cluster.RunWords.ToClient;
import org.xenfleet.cluster.RunWords.ToService;
import org.xenfleet.fleet.conduct.Conducting.ToRun;
import org.xenfleet.fleet.conduct.Conducting.ToShard;
import org.xenfleet.host.Host;

/** What nodes really say to each other. */
class ProtocolContractTest extends WireContractTest {

    @Override
    Config configuration() {
        return ConfigFactory.parseResources(KryoSerializer.class, "/org/xenfleet/cluster/wire.conf")
                .withFallback(ConfigFactory.defaultReference())
                .resolve();
    }

    @Override
    Collection<Class<?>> roots() {
        return List.of(
                ToService.class,
                ToClient.class,
                Status.class,
                StartOn.class,
                Retire.class,
                ToShard.class,
                ToRun.class,
                Host.Command.class,
                Host.Reply.class);
    }
}
