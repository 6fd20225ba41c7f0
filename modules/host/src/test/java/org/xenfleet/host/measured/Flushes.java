package org.xenfleet.host.measured;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.xenfleet.host.Recorder;

/**
 * Boots "flush": dom0's vCPU 0 rewrites 50,000 pages of a domain five times: before the domain has ever run, twice while it
 * runs on another pCPU, and twice after it was paused again. What a page costs in the first and the second call is given.
 */
final class Flushes {
    private static final String BOOT = "flush";
    private static final int PAGES = 50_000;
    private static final long SECOND = 1_000_000_000L;
    /** When its pages were rewritten first, it is unpaused; after two calls of 1.4 s, a second after each other, it is paused. */
    private static final long UNPAUSED = SECOND / 2;

    private static final long PAUSED = 5 * SECOND + 2 * SECOND / 5;
    private static final List<String> CALLS = List.of(
            "target_never_run",
            "target_running",
            "target_running_b",
            "target_paused_after_run",
            "target_paused_after_run2");

    private final Path folder;
    private final Results results;

    Flushes(Path folder, Results results) {
        this.folder = folder;
        this.results = results;
    }

    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (String version : List.of("4.4.0", "4.4.1")) {
            List<Recorder.Call> calls = run(version);
            for (int i = 0; i < CALLS.size(); i++) {
                rows.add(new Row(
                        "50,000 pages of 4 KiB, " + CALLS.get(i).replace('_', ' '),
                        version,
                        "time per page",
                        "µs",
                        perPage(version, CALLS.get(i)),
                        calls.get(i).length() / 1000.0 / PAGES,
                        i < 2 ? Compared.GIVEN : Compared.TEN_PERCENT_OF_REAL));
            }
        }
        rows.add(
                new Row(
                        "50,000 pages of 4 KiB, target running",
                        "4.4.0",
                        "share of its time that the target runs",
                        "%",
                        results.number("4.4.0", BOOT, "cost target_running n", "passes") / PASSES * 100,
                        100,
                        Compared.not(
                                "a flush takes its sender's time only; in the emulator the target hardly gets to run in between")));
        return rows;
    }

    /** The passes that the target would have made, from the description. */
    private static final double PASSES = 43_000;

    private double perPage(String version, String call) {
        return results.number(version, BOOT, "cost " + call + " n", "time per page");
    }

    private List<Recorder.Call> run(String version) {
        long entry = Math.round(perPage(version, CALLS.get(0)) * 1000);
        long running = Math.round(perPage(version, CALLS.get(1)) * 1000);
        return Machine.calls(
                new Machine(folder, version, 3)
                        .workload("busy", "kind = cpu")
                        .guest("victim", 256, "paused = true, workload = busy", "cpus = \"2\"")
                        .calls(
                                0,
                                "operation = set_mem_access, target = victim, access = r, pages = %d, start = 10ms, pause = 1s, repeat = 5"
                                        .formatted(PAGES))
                        .calls(
                                1,
                                "operation = unpausedomain, target = victim, repeat = 1, start = %dns"
                                        .formatted(UNPAUSED))
                        .calls(
                                2,
                                "operation = pausedomain, target = victim, repeat = 1, start = %dns".formatted(PAUSED))
                        .set("costs.p2m-entry=" + entry + "ns")
                        .set("costs.flush-base=" + (running - entry) + "ns")
                        .set("costs.flush-per-cpu=0ns")
                        .run("10s"),
                "set_mem_access");
    }
}
