package org.xenfleet.host.measured;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.xenfleet.host.TestHost;

/**
 * Boot "stub": a domain that may do it rewrites 300,000 pages of another on pCPU 1; 20 ms after that began dom0, on pCPU 0, does
 * something to it. Here it is the stub domain of the guest. The call's length is the one that was measured with nobody
 * interfering; how dear tearing the domain down is, is taken from 4.4.1, where nothing is in its way.
 */
final class Pauses {
    private static final String BOOT = "stub";
    private static final String EXPERIMENT = "HVM attacker";
    private static final int PAGES = 300_000;
    private static final int STUB_PAGES = 8192;
    private static final int START_MS = 20;
    private static final int AFTER_MS = 20;
    private static final Compared NOISE = Compared.noise(2, "ms");

    private enum Act {
        PAUSE("pause", "pausedomain", ""),
        GETINFO("getinfo", "getdomaininfo", ""),
        SETAFFINITY("setaffinity", "setvcpuaffinity", ", cpus = \"1\""),
        DESTROY("destroy", "destroydomain", "");

        private final String name;
        private final String operation;
        private final String keys;

        Act(String name, String operation, String keys) {
            this.name = name;
            this.operation = operation;
            this.keys = keys;
        }
    }

    private final Path folder;
    private final Results results;

    Pauses(Path folder, Results results) {
        this.folder = folder;
        this.results = results;
    }

    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (String version : List.of("4.4.0", "4.4.1")) {
            double call = callMs(version);
            for (Act act : Act.values()) {
                boolean waits = version.equals("4.4.0") && (act == Act.PAUSE || act == Act.DESTROY);
                boolean given = version.equals("4.4.1") && act == Act.DESTROY;
                rows.add(new Row(
                        act.operation + " of the attacker, call of " + Compared.number(call) + " ms",
                        version,
                        "the operation",
                        "ms",
                        actMs(version, act),
                        Machine.longest(run(version, act), act.operation),
                        given ? Compared.GIVEN : waits ? Compared.TEN_PERCENT_OF_REAL : NOISE));
            }
        }
        return rows;
    }

    /** Of the last of those calls with which nobody interfered. */
    private double callMs(String version) {
        List<String> calls = results.texts(version, BOOT, EXPERIMENT + " with target, own pCPU call", "rc");
        return Results.parts(calls.get(calls.size() - 1))[1] / 1000;
    }

    private double actMs(String version, Act act) {
        return results.numbers(version, BOOT, EXPERIMENT + " with target, own pCPU " + act.name, "rc")[1] / 1000;
    }

    private TestHost.Outcome run(String version, Act act) {
        long callNs = Math.round(callMs(version) * Machine.MS);
        long relinquish = Math.round(actMs("4.4.1", Act.DESTROY) * Machine.MS / STUB_PAGES);
        return new Machine(folder, version, 2)
                .workload(
                        "attack",
                        "kind = hypercalls, operation = set_mem_access, access = r, pages = %d, start = %dms, repeat = 1"
                                .formatted(PAGES, START_MS))
                .guest(
                        "victim",
                        1280,
                        "paused = true, device-model-workload = attack, device-model-cpus = \"1\"",
                        "device_model_stubdomain_override = 1")
                .calls(
                        0,
                        "operation = %s, target = victim-dm, start = %dms, repeat = 1%s"
                                .formatted(act.operation, START_MS + AFTER_MS, act.keys))
                .set("costs.p2m-entry=" + callNs / PAGES + "ns")
                .set("costs.destroydomain=0ns")
                .set("costs.relinquish-page=" + relinquish + "ns")
                .run("600ms");
    }
}
