package org.xenfleet.host.realxen;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One experiment of the measurements.
 *
 * @param pool keys of the guests' pool
 * @param sliceMs its time slice
 * @param settledMs how long the guests run before the figures begin
 */
record Experiment(
        Boot boot,
        String name,
        int sliceMs,
        String pool,
        int settledMs,
        Phases phases,
        List<Guest> guests,
        List<Exclusion> exclusions) {
    /** A figure of a guest, or of all for an empty name, that cannot be compared, and why. */
    record Exclusion(String guest, Figure figure, String reason) {}

    static Experiment of(Boot boot, String name, Phases phases, Guest... guests) {
        return new Experiment(boot, name, 30, "", 4000, phases, List.of(guests), List.of());
    }

    Experiment slice(int ms) {
        return new Experiment(boot, name, ms, "tslice = %dms".formatted(ms), settledMs, phases, guests, exclusions);
    }

    Experiment ratelimit(int us) {
        return new Experiment(
                boot, name, sliceMs, "ratelimit = %dus".formatted(us), settledMs, phases, guests, exclusions);
    }

    Experiment settled(int ms) {
        return new Experiment(boot, name, sliceMs, pool, ms, phases, guests, exclusions);
    }

    Experiment with(Phases other) {
        return new Experiment(boot, name, sliceMs, pool, settledMs, other, guests, exclusions);
    }

    Experiment without(String guest, Figure figure, String reason) {
        List<Exclusion> all = new ArrayList<>(exclusions);
        all.add(new Exclusion(guest, figure, reason));
        return new Experiment(boot, name, sliceMs, pool, settledMs, phases, guests, List.copyOf(all));
    }

    Optional<Exclusion> exclusion(String guest, Figure figure) {
        return exclusions.stream()
                .filter(e -> e.figure() == figure && e.guest().equals(guest))
                .findFirst();
    }

    boolean isCredit2() {
        return name.contains("_credit2_");
    }

    boolean hasSleepers() {
        return guests.stream().anyMatch(Guest::sleeps);
    }

    boolean isSpinner(String guest) {
        return guests.stream().anyMatch(g -> g.name().equals(guest) && g.spins());
    }

    /** Whether the guests leave their pCPU idle at times, so that its ticks begin anew. */
    boolean idles() {
        return guests.size() == 1;
    }

    /** The guests and dom0. */
    List<String> domains() {
        List<String> names = new ArrayList<>(guests.stream().map(Guest::name).toList());
        names.add(Measurements.DOM0);
        return names;
    }

    @Override
    public String toString() {
        return boot + " " + name;
    }
}
