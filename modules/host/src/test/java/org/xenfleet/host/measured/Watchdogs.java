package org.xenfleet.host.measured;

import java.nio.file.Path;
import java.util.List;
import org.xenfleet.host.Recorder;
import org.xenfleet.host.TestHost;

/**
 * Boots "watchdog": a call of 16.4 s on pCPU 0 at 2.79 GHz, for which Xen asks for two NMIs a second. The real ones came from outside
 * the machine; Xen's rule and its panic are real.
 */
final class Watchdogs {
    private static final int PAGES = 15_000_000;
    private static final long START = 3_000_000_000L;
    /** Of 4.4.0, from the description. */
    private static final double ABOUT = 5;

    private final Path folder;
    private final Results results;

    Watchdogs(Path folder, Results results) {
        this.folder = folder;
        this.results = results;
    }

    List<Row> rows() {
        double callMs = results.numbers("4.4.1", "watchdog", "clock call of n=" + PAGES, "duration")[0];
        String experiment = "watchdog, a call of " + Compared.number(callMs) + " ms on pCPU 0";
        TestHost.Outcome vulnerable = run("4.4.0", callMs);
        TestHost.Outcome fixed = run("4.4.1", callMs);
        List<Recorder.Call> returned = Machine.calls(fixed, "set_mem_access");
        return List.of(
                new Row(
                        experiment,
                        "4.4.0",
                        "panic after the call began",
                        "s",
                        ABOUT,
                        (vulnerable.report().downAtNs() - START) / 1e9,
                        Compared.kind("11 NMIs after the last heartbeat, at 2 Hz", 4, 5.5, "s")),
                new Row(experiment, "4.4.1", "panics", "", 0, fixed.report().downAtNs() < 0 ? 0 : 1, Compared.SAME),
                new Row(
                        experiment,
                        "4.4.1",
                        "the call",
                        "ms",
                        callMs,
                        returned.get(0).length() / Machine.MS,
                        Compared.GIVEN));
    }

    private TestHost.Outcome run(String version, double callMs) {
        return new Machine(folder, version, 2)
                .guest("victim", 61_440, "paused = true")
                .calls(
                        0,
                        "operation = set_mem_access, target = victim, access = r, pages = %d, start = %dns, repeat = 1"
                                .formatted(PAGES, START))
                .set("hosts.h.frequency=2790MHz")
                .set("hosts.h.xen.command-line=watchdog")
                .set("costs.p2m-entry=" + Math.round(callMs * Machine.MS / PAGES) + "ns")
                .run("22s");
    }
}
