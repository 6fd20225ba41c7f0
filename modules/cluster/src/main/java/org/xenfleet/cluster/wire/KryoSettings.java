package org.xenfleet.cluster.wire;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The block {@code pekko-kryo-serialization} of a configuration. Its keys are named as those of the library
 * pekko-kryo-serialization by altoo, so that a configuration can go there and back; what we have not is refused, never
 * ignored. The bytes are not those of that library, which registers types of Scala before all others.
 *
 * @param names class names by their ids, which are 20 or more
 * @param initializer class name of a {@link KryoInitializer}
 * @param queueSizeLimit idle instances of Kryo that are kept, at least 1
 * @param bufferSize bytes that a buffer has at first, at least 64
 * @param maxBufferSize bytes that a message has at most, written or read
 * @param deflate whether messages are compressed
 */
record KryoSettings(
        SortedMap<Integer, String> names,
        String initializer,
        int queueSizeLimit,
        int bufferSize,
        int maxBufferSize,
        boolean deflate) {
    static final String PATH = "pekko-kryo-serialization";

    /** Smaller ids are those of the serializer itself. */
    static final int LEAST_ID = 20;

    private static final Set<String> KEYS = Set.of(
            "id-strategy",
            "mappings",
            "kryo-initializer",
            "queue-size-limit",
            "buffer-size",
            "max-buffer-size",
            "post-serialization-transformations");

    /** Keys of altoo that choose what is fixed here, and how it is fixed. */
    private static final Map<String, String> FIXED = Map.of(
            "type", "messages are trees, and an object that is met twice is written twice",
            "kryo-reference-map", "messages are trees, and an object that is met twice is written twice",
            "classes", "ids stand in mappings and do not follow from an order",
            "resolve-subclasses", "every record and enum has an id of its own",
            "serializer-cache", "instances of Kryo are kept in a queue",
            "queue-builder", "the queue is Kryo's own pool",
            "use-manifests", "the id of the class is a part of the bytes",
            "use-unsafe", "buffers are plain arrays",
            "encryption", "connections that leave the machine are encrypted by TLS");

    /** @throws IllegalArgumentException with a sentence that names the key and where it stands */
    static KryoSettings of(Config block) {
        for (String key : block.root().keySet()) {
            if (!KEYS.contains(key)) {
                String why = FIXED.get(key);
                throw refused(block, key, "is not supported" + (why == null ? "" : ": " + why));
            }
        }
        String strategy = block.getString("id-strategy");
        if (!strategy.equals("explicit")) {
            throw refused(block, "id-strategy", "is '" + strategy + "', and only 'explicit' is supported");
        }
        int bufferSize = bytes(block, "buffer-size", 64);
        return new KryoSettings(
                names(block),
                block.getString("kryo-initializer"),
                number(block, "queue-size-limit"),
                bufferSize,
                bytes(block, "max-buffer-size", bufferSize),
                deflates(block));
    }

    private static SortedMap<Integer, String> names(Config block) {
        SortedMap<Integer, String> names = new TreeMap<>();
        for (Map.Entry<String, ConfigValue> entry : new TreeMap<>(toMap(block.getConfig("mappings"))).entrySet()) {
            String name = String.join(".", ConfigUtil.splitPath(entry.getKey()));
            if (!(entry.getValue().unwrapped() instanceof Integer id)) {
                throw badMapping(entry.getValue(), name, "must be a whole number");
            }
            if (id < LEAST_ID) {
                throw badMapping(
                        entry.getValue(),
                        name,
                        "must be " + LEAST_ID + " or more; smaller ones are the serializer's own");
            }
            String other = names.put(id, name);
            if (other != null) {
                throw badMapping(entry.getValue(), name, "is already the id of " + other);
            }
        }
        return names;
    }

    private static Map<String, ConfigValue> toMap(Config config) {
        Map<String, ConfigValue> values = new TreeMap<>();
        config.entrySet().forEach(entry -> values.put(entry.getKey(), entry.getValue()));
        return values;
    }

    private static boolean deflates(Config block) {
        String transformations = block.getString("post-serialization-transformations");
        return switch (transformations) {
            case "off" -> false;
            case "deflate" -> true;
            default ->
                throw refused(
                        block,
                        "post-serialization-transformations",
                        "is '" + transformations + "', and only 'off' and 'deflate' are supported");
        };
    }

    private static int number(Config block, String key) {
        int number = block.getInt(key);
        if (number < 1) {
            throw refused(block, key, "is " + number + ", and at least 1 is needed");
        }
        return number;
    }

    private static int bytes(Config block, String key, int least) {
        try {
            long bytes = block.getBytes(key);
            if (bytes >= least && bytes <= Integer.MAX_VALUE / 2) {
                return (int) bytes;
            }
            throw refused(block, key, "is " + bytes + " bytes, and " + least + " to 1 GiB are supported");
        } catch (ConfigException.BadValue e) {
            throw refused(
                    block,
                    key,
                    "is " + block.getValue(key).unwrapped() + ", and " + least + " bytes to 1 GiB are supported");
        }
    }

    private static IllegalArgumentException badMapping(ConfigValue value, String name, String what) {
        return new IllegalArgumentException(value.origin().description() + ": the id of " + name + " in " + PATH
                + ".mappings is " + value.unwrapped() + ", which " + what);
    }

    private static IllegalArgumentException refused(Config block, String key, String what) {
        ConfigValue value = block.root().get(key);
        String where = value == null ? "" : value.origin().description() + ": ";
        return new IllegalArgumentException(where + PATH + "." + key + " " + what);
    }
}
