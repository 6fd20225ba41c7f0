package org.xenfleet.cluster.wire;

import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is in a message, as text: equal for two messages exactly if all their values are, also those in arrays, and
 * whatever class of the JDK a collection is.
 */
final class Structure {
    private Structure() {}

    static String of(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof Record) {
            return value.getClass().getName() + components(value);
        }
        if (value instanceof String text) {
            return '"' + text.replace("\0", "\\0") + '"';
        }
        if (value instanceof SortedSet<?> || value instanceof List<?>) {
            return kind(value) + elements((Collection<?>) value);
        }
        if (value instanceof Collection<?> unordered) {
            return kind(value) + unordered.stream().map(Structure::of).collect(Collectors.toCollection(TreeSet::new));
        }
        if (value instanceof Map<?, ?> map) {
            return kind(value) + entries(map);
        }
        if (value instanceof Optional<?> optional) {
            return "optional " + optional.map(Structure::of).orElse("empty");
        }
        if (value.getClass().isArray()) {
            return array(value);
        }
        return value.getClass().getSimpleName() + " " + value;
    }

    private static String kind(Object collection) {
        if (collection instanceof List<?>) {
            return "list";
        }
        if (collection instanceof Map<?, ?>) {
            return collection instanceof SortedMap<?, ?> ? "sorted map" : "map";
        }
        return collection instanceof SortedSet<?> ? "sorted set" : "set";
    }

    private static String components(Object value) {
        StringJoiner text = new StringJoiner(", ", "(", ")");
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            text.add(component.getName() + " = " + of(Samples.component(value, component)));
        }
        return text.toString();
    }

    private static String elements(Collection<?> collection) {
        return collection.stream().map(Structure::of).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String entries(Map<?, ?> map) {
        TreeSet<String> entries = new TreeSet<>();
        map.forEach((key, value) -> entries.add(of(key) + " -> " + of(value)));
        return entries.toString();
    }

    private static String array(Object array) {
        StringJoiner text = new StringJoiner(", ", array.getClass().getSimpleName() + "{", "}");
        for (int i = 0; i < Array.getLength(array); i++) {
            text.add(of(Array.get(array, i)));
        }
        return text.toString();
    }
}
