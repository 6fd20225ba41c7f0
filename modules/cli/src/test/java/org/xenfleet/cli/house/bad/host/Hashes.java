package org.xenfleet.cli.house.bad.host;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Every method hands out something whose order is an accident. */
public final class Hashes {
    private Hashes() {}

    static Collection<String> map(Map<String, String> from) {
        return new HashMap<>(from).values();
    }

    static Collection<String> set(List<String> from) {
        return new HashSet<>(from);
    }

    static Collection<String> concurrent(Map<String, String> from) {
        return new ConcurrentHashMap<>(from).values();
    }

    static Collection<String> immutable() {
        return Set.of("a", "b");
    }

    static Collection<String> immutableMap() {
        return Map.of("a", "b").values();
    }

    static Collection<String> collected(List<String> from) {
        return from.stream().collect(Collectors.toSet());
    }
}
