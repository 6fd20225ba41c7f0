package org.xenfleet.cluster.wire;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Output;
import com.esotericsoftware.kryo.kryo5.serializers.DefaultArraySerializers;
import com.esotericsoftware.kryo.kryo5.serializers.DefaultSerializers.EnumSerializer;
import com.esotericsoftware.kryo.kryo5.serializers.OptionalSerializers;
import com.esotericsoftware.kryo.kryo5.serializers.RecordSerializer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * One instance of Kryo with the types that may be sent, and the buffer that it writes to. For one thread at a time.
 *
 * <p>Ids 0 to 8 are Kryo's own (primitives and strings), 9 to 19 the collections and arrays that are registered here, and
 * those of the mappings follow. None of them may ever change.
 */
final class WireKryo extends Kryo {
    /** Of records in collections in records; a message of ours has about six. */
    private static final int DEEPEST = 64;

    private final Output buffer;

    /** @param types records and enums by their ids */
    WireKryo(
            KryoSettings settings,
            SortedMap<Integer, Class<?>> types,
            KryoInitializer initializer,
            ExtendedActorSystem system) {
        super(new ClosedClassResolver(), null);
        buffer = new Output(settings.bufferSize(), settings.maxBufferSize());
        setRegistrationRequired(true);
        setReferences(false);
        setMaxDepth(DEEPEST);
        setClassLoader(system.dynamicAccess().classLoader());
        initializer.preInit(this, system);
        register(ActorRef.class, new ActorRefSerializer(system), 9);
        register(List.class, new CollectionSerializers.OfList(), 10);
        register(Set.class, new CollectionSerializers.OfSet(), 11);
        register(SortedSet.class, new CollectionSerializers.OfSortedSet(), 12);
        register(Map.class, new CollectionSerializers.OfMap(), 13);
        register(SortedMap.class, new CollectionSerializers.OfSortedMap(), 14);
        register(Optional.class, new OptionalSerializers.OptionalSerializer(), 15);
        register(OptionalLong.class, new OptionalSerializers.OptionalLongSerializer(), 16);
        register(byte[].class, new DefaultArraySerializers.ByteArraySerializer(), 17);
        register(int[].class, new DefaultArraySerializers.IntArraySerializer(), 18);
        register(long[].class, new DefaultArraySerializers.LongArraySerializer(), 19);
        types.forEach((id, type) -> register(type, serializer(type), id));
        initializer.postInit(this, system);
    }

    private static Serializer<?> serializer(Class<?> type) {
        return type.isRecord() ? recordSerializer(type) : new EnumSerializer(type.asSubclass(Enum.class));
    }

    private static <T> Serializer<T> recordSerializer(Class<T> type) {
        return new RecordSerializer<>(type);
    }

    /** @throws RuntimeException if something in it has no id, or if it is too long */
    byte[] write(Object message) {
        buffer.reset();
        writeClassAndObject(buffer, message);
        return buffer.toBytes();
    }

    /** @throws RuntimeException if the bytes are no message */
    Object read(byte[] bytes) {
        BoundedInput input = new BoundedInput(bytes);
        Object message = readClassAndObject(input);
        input.expectEnd();
        if (message == null) {
            throw new IllegalArgumentException("there is no message in it");
        }
        return message;
    }

    @Override
    @SuppressWarnings("rawtypes")
    protected String unregisteredClassMessage(Class type) {
        return type.getName() + " has no id in " + KryoSettings.PATH + ".mappings";
    }
}
