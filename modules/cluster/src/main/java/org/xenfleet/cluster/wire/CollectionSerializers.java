package org.xenfleet.cluster.wire;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import com.esotericsoftware.kryo.kryo5.serializers.ImmutableSerializer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Lists, sets and maps by their interface. They arrive in the order in which they were sent, and cannot be changed,
 * whatever they were. A size, then each element with its class.
 */
final class CollectionSerializers {
    private CollectionSerializers() {}

    static final class OfList extends Of<List<?>> {
        @Override
        public List<?> read(Kryo kryo, Input input, Class<? extends List<?>> type) {
            return Collections.unmodifiableList(readInto(kryo, input, new ArrayList<>()));
        }
    }

    static final class OfSet extends Of<Set<?>> {
        @Override
        public Set<?> read(Kryo kryo, Input input, Class<? extends Set<?>> type) {
            return Collections.unmodifiableSet(readInto(kryo, input, new LinkedHashSet<>()));
        }
    }

    static final class OfSortedSet extends Of<SortedSet<?>> {
        @Override
        public void write(Kryo kryo, Output output, SortedSet<?> set) {
            expectNaturalOrder(set.comparator());
            super.write(kryo, output, set);
        }

        @Override
        public NavigableSet<?> read(Kryo kryo, Input input, Class<? extends SortedSet<?>> type) {
            return Collections.unmodifiableNavigableSet(readInto(kryo, input, new TreeSet<>()));
        }
    }

    static final class OfMap extends ImmutableSerializer<Map<?, ?>> {
        @Override
        public void write(Kryo kryo, Output output, Map<?, ?> map) {
            writeEntries(kryo, output, map);
        }

        @Override
        public Map<?, ?> read(Kryo kryo, Input input, Class<? extends Map<?, ?>> type) {
            return Collections.unmodifiableMap(readEntries(kryo, input, new LinkedHashMap<>()));
        }
    }

    static final class OfSortedMap extends ImmutableSerializer<SortedMap<?, ?>> {
        @Override
        public void write(Kryo kryo, Output output, SortedMap<?, ?> map) {
            expectNaturalOrder(map.comparator());
            writeEntries(kryo, output, map);
        }

        @Override
        public NavigableMap<?, ?> read(Kryo kryo, Input input, Class<? extends SortedMap<?, ?>> type) {
            return Collections.unmodifiableNavigableMap(readEntries(kryo, input, new TreeMap<>()));
        }
    }

    private abstract static class Of<C extends Collection<?>> extends ImmutableSerializer<C> {
        @Override
        public void write(Kryo kryo, Output output, C collection) {
            output.writeVarInt(collection.size(), true);
            for (Object element : collection) {
                kryo.writeClassAndObject(output, element);
            }
        }

        static <T extends Collection<Object>> T readInto(Kryo kryo, Input input, T collection) {
            int size = size(input);
            for (int i = 0; i < size; i++) {
                collection.add(kryo.readClassAndObject(input));
            }
            if (collection.size() != size) {
                throw new KryoException("a set with one element twice");
            }
            return collection;
        }
    }

    private static void writeEntries(Kryo kryo, Output output, Map<?, ?> map) {
        output.writeVarInt(map.size(), true);
        map.forEach((key, value) -> {
            kryo.writeClassAndObject(output, key);
            kryo.writeClassAndObject(output, value);
        });
    }

    private static <T extends Map<Object, Object>> T readEntries(Kryo kryo, Input input, T map) {
        int size = size(input);
        for (int i = 0; i < size; i++) {
            map.put(kryo.readClassAndObject(input), kryo.readClassAndObject(input));
        }
        if (map.size() != size) {
            throw new KryoException("a map with one key twice");
        }
        return map;
    }

    private static int size(Input input) {
        return ((BoundedInput) input).readSize();
    }

    private static void expectNaturalOrder(@Nullable Comparator<?> comparator) {
        if (comparator != null && comparator != Comparator.naturalOrder()) {
            throw new IllegalArgumentException(
                    "a collection sorted by a comparator cannot be sent; its order would be lost");
        }
    }
}
