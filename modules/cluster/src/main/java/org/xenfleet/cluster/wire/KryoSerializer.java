package org.xenfleet.cluster.wire;

import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.io.KryoBufferOverflowException;
import com.esotericsoftware.kryo.kryo5.util.Pool;
import com.typesafe.config.Config;
import java.io.NotSerializableException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.serialization.BaseSerializer$;
import org.apache.pekko.serialization.ByteBufferSerializer;
import org.apache.pekko.serialization.JSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Pekko's way to the wire format. Messages are records and enums of values, collections, arrays of bytes, ints and longs,
 * optionals, strings, and references to typed actors; they need no opened module. Any thread may use it.
 *
 * <p>What cannot be sent is refused with a sentence when it is sent, and what was received and is no message when it is
 * read; Pekko logs either and drops the message.
 */
public final class KryoSerializer extends JSerializer implements ByteBufferSerializer {
    private final int identifier;
    private final KryoSettings settings;
    private final Pool<WireKryo> kryos;

    /** @throws IllegalArgumentException with a sentence if the configuration asks for what is not supported */
    public KryoSerializer(ExtendedActorSystem system) {
        this(system, system.settings().config());
    }

    KryoSerializer(ExtendedActorSystem system, Config config) {
        identifier = BaseSerializer$.MODULE$.identifierFromConfig(getClass(), system);
        settings = KryoSettings.of(config.getConfig(KryoSettings.PATH));
        ClassLoader classes = system.dynamicAccess().classLoader();
        SortedMap<Integer, Class<?>> types = types(settings, classes);
        KryoInitializer initializer = initializer(settings.initializer(), classes);
        kryos = new Pool<>(true, false, settings.queueSizeLimit()) {
            @Override
            protected WireKryo create() {
                return new WireKryo(settings, types, initializer, system);
            }
        };
        kryos.free(kryos.obtain());
    }

    @Override
    public int identifier() {
        return identifier;
    }

    @Override
    public boolean includeManifest() {
        return false;
    }

    @Override
    public byte[] toBinary(Object message) {
        WireKryo kryo = kryos.obtain();
        try {
            byte[] bytes = kryo.write(message);
            return settings.deflate() ? Deflation.deflate(bytes) : bytes;
        } catch (KryoBufferOverflowException e) {
            throw new IllegalArgumentException(name(message) + " cannot be sent: it has more than "
                    + settings.maxBufferSize() + " bytes, the " + KryoSettings.PATH + ".max-buffer-size");
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(name(message) + " cannot be sent: " + firstLine(e), e);
        } finally {
            kryos.free(kryo);
        }
    }

    /** @throws BufferOverflowException if the message is longer than the buffer, which Pekko reports as such */
    @Override
    public void toBinary(Object message, ByteBuffer buffer) {
        buffer.put(toBinary(message));
    }

    @Override
    public Object fromBinaryJava(byte[] bytes, @Nullable Class<?> manifest) {
        try {
            return read(bytes);
        } catch (NotSerializableException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    @Override
    public Object fromBinary(ByteBuffer buffer, String manifest) throws NotSerializableException {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return read(bytes);
    }

    private Object read(byte[] bytes) throws NotSerializableException {
        WireKryo kryo = kryos.obtain();
        try {
            int most = settings.maxBufferSize();
            if (bytes.length > most) {
                throw new KryoException("it has " + bytes.length + " bytes, and " + most + " are the most");
            }
            return kryo.read(settings.deflate() ? Deflation.inflate(bytes, most) : bytes);
        } catch (RuntimeException e) {
            throw new NotSerializableException("what was received is no message: " + firstLine(e));
        } finally {
            kryos.free(kryo);
        }
    }

    private static SortedMap<Integer, Class<?>> types(KryoSettings settings, ClassLoader classes) {
        SortedMap<Integer, Class<?>> types = new TreeMap<>();
        settings.names().forEach((id, name) -> {
            Class<?> type = load(name, classes, KryoSettings.PATH + ".mappings");
            if (!type.isRecord() && !type.isEnum()) {
                throw new IllegalArgumentException(name + " in " + KryoSettings.PATH
                        + ".mappings is neither a record nor an enum; other types need a kryo-initializer");
            }
            types.put(id, type);
        });
        return types;
    }

    private static KryoInitializer initializer(String name, ClassLoader classes) {
        String key = KryoSettings.PATH + ".kryo-initializer";
        Class<?> type = load(name, classes, key);
        try {
            if (type.getConstructor().newInstance() instanceof KryoInitializer initializer) {
                return initializer;
            }
            throw new IllegalArgumentException(
                    name + " in " + key + " does not extend " + KryoInitializer.class.getName());
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(name + " in " + key + " cannot be made without arguments: " + e, e);
        }
    }

    private static Class<?> load(String name, ClassLoader classes, String key) {
        try {
            return Class.forName(name, false, classes);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("there is no class " + name + ", which " + key + " names", e);
        }
    }

    private static String name(Object message) {
        return message.getClass().getName();
    }

    private static String firstLine(RuntimeException e) {
        String message = e.getMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
