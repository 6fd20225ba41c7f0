package org.xenfleet.cluster.wire;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages of any type out of edge values: the ends of the ranges of numbers, strings that are empty, long or not
 * ASCII, collections of none, one and all. The same ones whenever it is asked.
 */
final class Samples {
    private static final int TRIES = 200;
    private static final Map<Class<?>, List<?>> BASIC = basic();

    private final List<ActorRef<?>> references;
    private final Map<Class<?>, List<Object>> made = new HashMap<>();
    private final Set<Class<?>> inTheMaking = new HashSet<>();

    /** @param references what stands for references to actors */
    Samples(List<ActorRef<?>> references) {
        this.references = List.copyOf(references);
    }

    /** For a type whose constructor accepts too few of the edge values. */
    Samples with(Class<?> type, Object... byHand) {
        made.put(type, List.of(byHand));
        return this;
    }

    /** At least one, with each edge value of each of its components at least once where its constructor allows. */
    List<Object> of(Class<?> type) {
        List<Object> known = made.get(type);
        if (known == null) {
            if (!inTheMaking.add(type)) {
                return List.of();
            }
            known = type.isEnum() ? Arrays.asList((Object[]) type.getEnumConstants()) : records(type);
            inTheMaking.remove(type);
            if (known.isEmpty()) {
                throw new AssertionError("no sample of " + type.getName()
                        + " can be made, because its constructor refuses all edge values; say one with Samples.with");
            }
            made.put(type, known);
        }
        return known;
    }

    static boolean isBasic(Class<?> type) {
        return BASIC.containsKey(type)
                || List.of(
                                List.class,
                                Set.class,
                                SortedSet.class,
                                Map.class,
                                SortedMap.class,
                                Optional.class,
                                OptionalLong.class,
                                ActorRef.class)
                        .contains(type);
    }

    private List<Object> records(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        List<List<?>> values = new ArrayList<>();
        int most = 1;
        for (RecordComponent component : components) {
            List<?> ofThis = valuesOf(component);
            if (ofThis.isEmpty()) {
                return List.of();
            }
            values.add(ofThis);
            most = Math.max(most, ofThis.size());
        }
        Constructor<?> constructor = canonical(type, components);
        Random random = new Random(type.getName().hashCode());
        List<Object> samples = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            int row = i;
            Object sample = make(constructor, values.stream().map(v -> (Object) v.get(row % v.size())));
            for (int tries = 0; sample == null && tries < TRIES; tries++) {
                sample = make(constructor, values.stream().map(v -> (Object) v.get(random.nextInt(v.size()))));
            }
            if (sample != null) {
                samples.add(sample);
            }
        }
        return samples;
    }

    private List<?> valuesOf(RecordComponent component) {
        List<Object> values = new ArrayList<>(valuesOf(component.getGenericType()));
        if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            values.add(null);
        }
        return values;
    }

    private List<?> valuesOf(Type type) {
        if (type instanceof ParameterizedType generic) {
            return valuesOf((Class<?>) generic.getRawType(), generic.getActualTypeArguments());
        }
        Class<?> plain = (Class<?>) type;
        List<?> basic = BASIC.get(plain);
        if (basic != null) {
            return basic;
        }
        if (plain.isSealed() && !plain.isEnum()) {
            List<Object> all = new ArrayList<>();
            for (Class<?> permitted : plain.getPermittedSubclasses()) {
                all.addAll(valuesOf(permitted));
            }
            return all;
        }
        return of(plain);
    }

    private List<?> valuesOf(Class<?> raw, Type[] arguments) {
        if (raw == ActorRef.class) {
            return references;
        }
        List<?> elements = valuesOf(arguments[0]);
        if (raw == Optional.class) {
            List<Object> optionals = new ArrayList<>();
            elements.forEach(element -> optionals.add(Optional.of(element)));
            optionals.add(Optional.empty());
            return optionals;
        }
        if (raw == Map.class || raw == SortedMap.class) {
            return maps(raw, elements, valuesOf(arguments[1]));
        }
        List<Collection<?>> collections = new ArrayList<>();
        for (List<?> some : List.of(elements, elements.subList(0, Math.min(1, elements.size())), List.of())) {
            if (raw == List.class) {
                collections.add(List.copyOf(some));
            } else {
                collections.add(raw == Set.class ? Set.copyOf(some) : new TreeSet<>(some));
            }
        }
        return collections;
    }

    private static List<?> maps(Class<?> raw, List<?> keys, List<?> values) {
        Map<Object, Object> all = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            all.put(keys.get(i), values.get(i % values.size()));
        }
        return raw == Map.class ? List.of(Map.copyOf(all), Map.of()) : List.of(new TreeMap<>(all), new TreeMap<>());
    }

    static @Nullable Object component(Object value, RecordComponent component) {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(component + " of " + value.getClass() + " cannot be read", e);
        }
    }

    private static Constructor<?> canonical(Class<?> type, RecordComponent[] components) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    private static @Nullable Object make(Constructor<?> constructor, java.util.stream.Stream<Object> values) {
        try {
            return constructor.newInstance(values.toArray());
        } catch (InvocationTargetException refused) {
            return null;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<Class<?>, List<?>> basic() {
        Map<Class<?>, List<?>> values = new HashMap<>();
        List<Integer> ints = List.of(1, 0, -1, 127, 128, Integer.MAX_VALUE, Integer.MIN_VALUE);
        List<Long> longs = List.of(1L, 0L, -1L, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE);
        List<Double> doubles =
                List.of(0.5, 0.0, -0.0, Double.NaN, Double.MAX_VALUE, Double.MIN_VALUE, Double.NEGATIVE_INFINITY);
        values.put(int.class, ints);
        values.put(Integer.class, ints);
        values.put(long.class, longs);
        values.put(Long.class, longs);
        values.put(double.class, doubles);
        values.put(Double.class, doubles);
        values.put(boolean.class, List.of(true, false));
        values.put(Boolean.class, List.of(true, false));
        values.put(byte.class, List.of((byte) 1, (byte) 0, Byte.MIN_VALUE, Byte.MAX_VALUE));
        values.put(short.class, List.of((short) 1, (short) 0, Short.MIN_VALUE, Short.MAX_VALUE));
        values.put(char.class, List.of('a', '\0', '\u20ac', Character.MAX_VALUE));
        values.put(
                String.class,
                List.of("pool-a/0", "", "x", "gr\u00fc\u00df \u20ac \ud83d\ude00", "long ".repeat(100), "a\0b"));
        values.put(
                OptionalLong.class, List.of(OptionalLong.of(7), OptionalLong.empty(), OptionalLong.of(Long.MIN_VALUE)));
        values.put(byte[].class, List.of(new byte[] {1, -1, 127}, new byte[0], new byte[3000]));
        values.put(int[].class, List.of(new int[] {1, -1, Integer.MIN_VALUE}, new int[0]));
        values.put(long[].class, List.of(new long[] {1, -1, Long.MIN_VALUE}, new long[0], new long[500]));
        return values;
    }
}
