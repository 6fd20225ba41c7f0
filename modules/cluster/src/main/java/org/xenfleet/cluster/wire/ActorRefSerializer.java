package org.xenfleet.cluster.wire;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import com.esotericsoftware.kryo.kryo5.serializers.ImmutableSerializer;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;

/** References to typed actors, as their path with the address of their node. */
final class ActorRefSerializer extends ImmutableSerializer<ActorRef<?>> {
    private final ExtendedActorSystem system;

    ActorRefSerializer(ExtendedActorSystem system) {
        this.system = system;
    }

    @Override
    public void write(Kryo kryo, Output output, ActorRef<?> reference) {
        output.writeString(resolver().toSerializationFormat(reference));
    }

    @Override
    public ActorRef<?> read(Kryo kryo, Input input, Class<? extends ActorRef<?>> type) {
        return resolver().resolveActorRef(input.readString());
    }

    /** Asked late: serializers are made before the system is ready. */
    private ActorRefResolver resolver() {
        return ActorRefResolver.get(Adapter.toTyped(system));
    }
}
