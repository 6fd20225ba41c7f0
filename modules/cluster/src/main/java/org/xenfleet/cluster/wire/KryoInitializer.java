package org.xenfleet.cluster.wire;

import com.esotericsoftware.kryo.kryo5.Kryo;
import org.apache.pekko.actor.ExtendedActorSystem;

/**
 * What is done to every instance of Kryo before it is used; the key {@code kryo-initializer} names a subclass that has a
 * public constructor without arguments. For types that are neither records nor enums, which need a serializer. One
 * instance serves many threads.
 */
public class KryoInitializer {

    /** Before the serializer's own types and the mappings are registered. */
    public void preInit(Kryo kryo, ExtendedActorSystem system) {}

    /** Afterwards. Whatever is registered here needs an id that the mappings do not have. */
    public void postInit(Kryo kryo, ExtendedActorSystem system) {}
}
