package org.xenfleet.observe;

import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.xenfleet.observe.HostReport.Cause;
import org.xenfleet.observe.HostReport.Domain;
import org.xenfleet.observe.HostReport.Fate;
import org.xenfleet.observe.HostReport.Hypercall;
import org.xenfleet.observe.HostReport.Incident;
import org.xenfleet.observe.HostReport.Pcpu;
import org.xenfleet.observe.HostReport.Role;

/** Reports of which every component takes every kind of value: extreme numbers, odd texts, empty lists. */
final class RandomReports {
    private static final List<String> TEXTS = List.of(
            "",
            "web-0",
            "web-1",
            "running",
            "hvm",
            "a\u0000b",
            "h\u00f6st",
            "\ud83d\udda5",
            "lone \ud800",
            "x".repeat(300));

    private final Random random;

    RandomReports(long seed) {
        this.random = new Random(seed);
    }

    HostReport next() {
        return new HostReport(
                text(),
                Fate.values()[random.nextInt(Fate.values().length)],
                number(),
                number(),
                number(),
                list(random::nextLong),
                list(this::pcpu),
                list(this::domain),
                list(this::hypercall),
                list(this::incident),
                number());
    }

    private <T> List<T> list(Supplier<T> one) {
        return Stream.generate(one).limit(random.nextInt(5)).toList();
    }

    private Pcpu pcpu() {
        return new Pcpu(random.nextInt(), number(), number(), number(), number(), number(), number(), number());
    }

    private Domain domain() {
        return new Domain(
                random.nextInt(),
                text(),
                text(),
                Role.values()[random.nextInt(Role.values().length)],
                random.nextBoolean(),
                number(),
                number(),
                number(),
                number(),
                number(),
                number(),
                number(),
                text());
    }

    private Hypercall hypercall() {
        SortedMap<Integer, Long> returned = new TreeMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            returned.put(random.nextInt(), number());
        }
        return new Hypercall(text(), text(), number(), number(), number(), number(), number(), number(), returned);
    }

    private Incident incident() {
        return new Incident(number(), text(), text(), text(), new Cause(text(), list(this::text)));
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private long number() {
        return switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> -1;
            case 2 -> Long.MAX_VALUE;
            case 3 -> Long.MIN_VALUE;
            case 4 -> random.nextInt(1000);
            default -> random.nextLong();
        };
    }
}
