package org.xenfleet.host.measured;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.xenfleet.host.Recorder;
import org.xenfleet.host.TestHost;

/**
 * Boots "other": dom0's vCPU 0 rewrites 200,000 pages of the victim, its vCPU 1 makes calls without end on another pCPU, one right
 * after the other; here there are 20 us between those that take no lock, whose number decides nothing.
 */
final class LockTakers {
    /** What the competitor does. */
    enum Competitor {
        GETACCESS("getaccess", "get_mem_access, same domain", "operation = get_mem_access, target = victim"),
        POPDEC(
                "popdec",
                "populate and decrease one page, same domain",
                "operation = [ populate_physmap, decrease_reservation ], target = victim, count = 1"),
        FOREIGNMAP("foreignmap", "map a page of the domain", "operation = foreign_map, target = victim, count = 1"),
        GETTYPE("gettype", "get_mem_type", "operation = get_mem_type, target = victim"),
        MAXGPFN("maxgpfn", "maximum_gpfn", "operation = maximum_gpfn, target = victim"),
        NULLHC("nullhc", "empty hypercall", "operation = xen_version"),
        OTHERDOM("otherdom_getaccess", "get_mem_access, another domain", "operation = get_mem_access, target = other");

        final String name;
        final String title;
        private final String keys;

        Competitor(String name, String title, String keys) {
            this.name = name;
            this.title = title;
            this.keys = keys;
        }

        /** Whether it spins for the lock of a walk; in 4.1 nobody does for long, and get_mem_access not at all. */
        boolean spins(String version) {
            return (this == GETACCESS || this == POPDEC || this == FOREIGNMAP) && !version.startsWith("4.1");
        }

        private int callsOfAnOperation() {
            return this == POPDEC ? 2 : 1;
        }
    }

    static final int PAGES = 200_000;
    static final String E8B87 = "4.5-unstable@e8b87b57b4";
    private static final String BOOT = "other";
    private static final String CALL = "set_mem_access";
    private static final long START = 20_000_000;
    private static final double MUCH_MS = 1;

    /**
     * What was seen, in ms.
     *
     * @param call how long the call took, NaN if it did not return
     * @param longest of the competitor's operations that overlap it
     * @param waits of these, those that took a ms and more
     */
    record Seen(double call, double longest, List<Double> waits) {}

    /**
     * The same of e8b87b57b4, which the table of the measurements leaves out and their description has; the call is taken to be
     * as long as that of 4.4.1.
     */
    private static final Map<Competitor, Double> OF_E8B87 = Map.of(
            Competitor.GETACCESS, 10.4,
            Competitor.POPDEC, 20.2,
            Competitor.FOREIGNMAP, 12.9,
            Competitor.GETTYPE, 0.08,
            Competitor.MAXGPFN, 1.5,
            Competitor.NULLHC, 0.09,
            Competitor.OTHERDOM, 0.09);
    /** Of get_mem_access on 4.4.1, from the description: so many of a ms and more. */
    private static final int WAITS = 35;

    private static final Compared NOISE = Compared.noise(2, "ms");
    /** One slice is 10 ms at most; the real competitor lost the lock to the next slice now and then. */
    private static final Compared SLICES = Compared.kind("waits for a slice or two, not for the call", 5, 25, "ms");

    private final Path folder;

    LockTakers(Path folder) {
        this.folder = folder;
    }

    List<Row> rows(Results results) {
        List<Row> rows = new ArrayList<>();
        for (String version : List.of("4.4.0", "4.4.1", "4.1.6.1")) {
            for (Competitor competitor : Competitor.values()) {
                String experiment = "competitor " + competitor.name;
                double call = results.number(version, BOOT, experiment, "duration") / 1000;
                double longest = results.number(version, BOOT, experiment, "longest") / 1000;
                add(rows, version, competitor, call, longest);
            }
        }
        for (Competitor competitor : Competitor.values()) {
            double call = results.number("4.4.1", BOOT, "competitor " + competitor.name, "duration") / 1000;
            add(rows, E8B87, competitor, call, Objects.requireNonNull(OF_E8B87.get(competitor)));
        }
        return rows;
    }

    private void add(List<Row> rows, String version, Competitor competitor, double call, double longest) {
        Seen seen = run(version, competitor, call, -1);
        Compared how =
                !competitor.spins(version) ? NOISE : version.equals("4.4.0") ? Compared.TEN_PERCENT_OF_REAL : SLICES;
        String experiment = competitor.title + ", call of " + Compared.number(call) + " ms";
        rows.add(new Row(experiment, version, "longest operation", "ms", longest, seen.longest(), how));
        if (version.equals("4.4.1") && competitor == Competitor.GETACCESS) {
            int count = seen.waits().size();
            rows.add(new Row(
                    experiment,
                    version,
                    "waits of 1 ms and more",
                    "",
                    WAITS,
                    count,
                    Compared.kind("four or five slices in 30 ms", call / 30 * 4, call / 30 * 5 + 2, "")));
        }
    }

    /**
     * The call takes {@code callMs} when nobody is in its way.
     *
     * @param laterMs by how much later than the call the competitor begins, below 0 for earlier
     */
    Seen run(String version, Competitor competitor, double callMs, int laterMs, String... settings) {
        Machine machine = new Machine(folder, version, 2)
                .guest("victim", 1024, "paused = true")
                .guest("other", 64, "paused = true")
                .calls(
                        0,
                        "operation = %s, target = victim, access = r, pages = %d, start = %dns, repeat = 1"
                                .formatted(CALL, PAGES, START))
                .calls(
                        1,
                        "%s, start = %dns, pause = %s"
                                .formatted(
                                        competitor.keys,
                                        START + laterMs * 1_000_000L,
                                        competitor.spins(version) ? "0us" : "20us"))
                .set("costs.p2m-entry=" + Math.round(callMs * Machine.MS / PAGES) + "ns");
        for (String setting : settings) {
            machine.set(setting);
        }
        long end = Math.round(callMs * 1.1) + 25;
        TestHost.Outcome outcome = machine.run(end + "ms");
        List<Recorder.Call> attack = Machine.calls(outcome, CALL);
        long returned = attack.isEmpty() ? Long.MAX_VALUE : attack.get(0).end();
        List<Double> lengths = operations(outcome, competitor.callsOfAnOperation(), returned);
        return new Seen(
                attack.isEmpty() ? Double.NaN : attack.get(0).length() / Machine.MS,
                lengths.stream().mapToDouble(length -> length).max().orElse(0),
                lengths.stream().filter(length -> length >= MUCH_MS).toList());
    }

    /** How long those of {@code each} calls took that overlap the time from the call's start to {@code returned}. */
    private static List<Double> operations(TestHost.Outcome outcome, int each, long returned) {
        List<Recorder.Call> calls = outcome.seen().calls.stream()
                .filter(c -> !c.operation().equals(CALL))
                .toList();
        List<Double> lengths = new ArrayList<>();
        for (int i = 0; i + each <= calls.size(); i += each) {
            long issued = calls.get(i).issued();
            long end = calls.get(i + each - 1).end();
            if (end > START && issued < returned) {
                lengths.add((end - issued) / Machine.MS);
            }
        }
        return lengths;
    }
}
