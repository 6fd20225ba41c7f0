package org.xenfleet.host.measured;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.xenfleet.host.TestHost;

/**
 * Boots "plat0" and "plat1": four pCPUs, the attacker on pCPU 0 or 1, dom0 with two vCPUs on others. 20 ms after the call began
 * one vCPU does something, while the other spins or makes calls. How long the call was is known only from the first's wait on
 * 4.4.0, which is given; the call of 4.4.1 is taken to be as long. Taking a pCPU out of use took 30 ms on 4.4.1 with no
 * attack (36, 53 and 183 in the other boots), which is given too.
 */
final class Platform {
    private static final double REST_AFTER_MS = 20;
    private static final int OFFLINE_MS = 30;
    private static final int START_MS = 20;
    private static final int PAGES = 250_000;
    private static final Compared NOISE = Compared.noise(30, "ms");
    private static final Map<String, String> OTHERS = Map.of(
            "pause_vs_other_domctl", "operation = getdomaininfo, target = bystander, pause = 100us",
            "pause_vs_sysctl", "operation = getdomaininfolist, pause = 100us",
            "getdomaininfo", "operation = xen_version, pause = 100us",
            "cpu_offline_vs_spinner", "");

    private final Path folder;
    private final Results results;

    Platform(Path folder, Results results) {
        this.folder = folder;
        this.results = results;
    }

    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (int attacker : new int[] {0, 1}) {
            for (String version : List.of("4.4.0", "4.4.1")) {
                boolean vulnerable = version.equals("4.4.0");
                pause(rows, version, attacker, "pause_vs_other_domctl", "getdomaininfo of another domain", vulnerable);
                pause(rows, version, attacker, "pause_vs_sysctl", "getdomaininfolist", false);
                offline(rows, version, attacker);
                getdomaininfo(rows, version, attacker);
            }
        }
        return rows;
    }

    private void pause(
            List<Row> rows, String version, int attacker, String experiment, String other, boolean otherWaits) {
        double rest = real("4.4.0", attacker, experiment)[1] / 1000;
        String call = ", call of " + Compared.number(rest + REST_AFTER_MS) + " ms on pCPU " + attacker;
        TestHost.Outcome outcome =
                run(version, attacker, rest, experiment, "operation = pausedomain, target = victim-dm");
        double[] real = real(version, attacker, experiment);
        boolean vulnerable = version.equals("4.4.0");
        rows.add(new Row(
                "pausedomain of the attacker" + call,
                version,
                "the pause",
                "ms",
                real[1] / 1000,
                Machine.longest(outcome, "pausedomain"),
                vulnerable ? Compared.GIVEN : NOISE));
        rows.add(new Row(
                other + " on a third pCPU while a pause waits" + call,
                version,
                "longest",
                "ms",
                real[2] / 1000,
                Machine.longest(outcome, other.split(" ")[0]),
                otherWaits ? Compared.TEN_PERCENT_OF_REAL : NOISE));
    }

    private void offline(List<Row> rows, String version, int attacker) {
        String experiment = "cpu_offline_vs_spinner";
        boolean vulnerable = version.equals("4.4.0");
        double rest = real("4.4.0", attacker, experiment)[1] / 1000 - OFFLINE_MS;
        TestHost.Outcome outcome = run(version, attacker, rest, experiment, "operation = cpu_offline, cpu = 3");
        double[] real = real(version, attacker, experiment);
        String title = "cpu_offline of an idle pCPU, call of " + Compared.number(rest + REST_AFTER_MS) + " ms on pCPU "
                + attacker;
        rows.add(new Row(
                title,
                version,
                "the operation",
                "ms",
                real[1] / 1000,
                Machine.longest(outcome, "cpu_offline"),
                vulnerable ? Compared.GIVEN : NOISE));
        rows.add(new Row(
                title,
                version,
                "longest gap of a spinner on pCPU 2",
                "ms",
                real[2] / 1000,
                outcome.seen().longestWait("spinner") / Machine.MS,
                vulnerable && attacker == 1 ? Compared.TEN_PERCENT_OF_REAL : NOISE));
    }

    private void getdomaininfo(List<Row> rows, String version, int attacker) {
        String experiment = "getdomaininfo";
        TestHost.Outcome outcome =
                run(version, attacker, 1000, experiment, "operation = getdomaininfo, target = victim-dm");
        rows.add(new Row(
                "getdomaininfo of the attacker on pCPU " + attacker,
                version,
                "the operation",
                "ms",
                real(version, attacker, experiment)[1] / 1000,
                Machine.longest(outcome, experiment),
                NOISE));
    }

    /** rc, us of the operation, us of the other vCPU, whether the call was still going on. */
    private double[] real(String version, int attacker, String experiment) {
        return results.numbers(
                version,
                "plat" + attacker,
                "platform operation %s attacker_pcpu=%d attack=1".formatted(experiment, attacker),
                "rc");
    }

    private TestHost.Outcome run(String version, int attacker, double restMs, String experiment, String operation) {
        String other = Objects.requireNonNull(OTHERS.get(experiment));
        long callNs = Math.round((restMs + REST_AFTER_MS) * Machine.MS);
        Machine machine = new Machine(folder, version, 4)
                .dom0Keys("vcpus = 3, pin = true")
                .workload(
                        "attack",
                        "kind = hypercalls, operation = set_mem_access, access = r, pages = %d, start = %dms, repeat = 1"
                                .formatted(PAGES, START_MS))
                .workload("busy", "kind = cpu")
                .guest(
                        "victim",
                        1024,
                        "paused = true, device-model-workload = attack, device-model-cpus = \"%d\"".formatted(attacker),
                        "device_model_stubdomain_override = 1")
                .guest("bystander", 64, "paused = true")
                .calls(
                        1 - attacker,
                        operation + ", start = %dms, repeat = 1".formatted(START_MS + Math.round(REST_AFTER_MS)))
                .set("costs.p2m-entry=" + callNs / PAGES + "ns")
                .set("costs.cpu-offline=" + OFFLINE_MS + "ms");
        if (other.isEmpty()) {
            machine.guest("spinner", 64, "workload = busy", "cpus = \"2\"");
        } else {
            machine.calls(2, other);
        }
        return machine.run(Math.round(restMs + 200) + "ms");
    }
}
