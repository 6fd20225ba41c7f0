package org.xenfleet.host.measured;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.xenfleet.host.Recorder;
import org.xenfleet.host.TestHost;

/**
 * Boots "plat0" and "plat1" once more: dom0's vCPUs 0 and 1, created on pCPUs 0 and 1, run on idle ones and poll with a time-out of
 * 10 ms. The time-out is homed where the vCPU was created. The attacker ties pCPU 0 or 1 from 1 ms before a time-out on; that its
 * call ends with the wake-up is given for 4.4.0 by the length of the call, and the call of 4.4.1 is taken to be as long.
 */
final class Polls {
    private static final int POLL_MS = 10;
    private static final int START_MS = 99;
    private static final int PAGES = 250_000;
    private static final Compared NOISE = Compared.noise(30, "ms");

    private final Path folder;
    private final Results results;

    Polls(Path folder, Results results) {
        this.folder = folder;
        this.results = results;
    }

    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (int attacker : new int[] {0, 1}) {
            double late = late("4.4.0", attacker, attacker);
            for (String version : List.of("4.4.0", "4.4.1")) {
                TestHost.Outcome outcome = run(version, attacker, late);
                for (int vcpu : new int[] {0, 1}) {
                    boolean waits = version.equals("4.4.0") && vcpu == attacker;
                    rows.add(new Row(
                            "10 ms poll of a vCPU created on pCPU %d that runs on an idle one, call of %s ms on pCPU %d"
                                    .formatted(vcpu, Compared.number(late + 1), attacker),
                            version,
                            "wakes late by",
                            "ms",
                            late(version, attacker, vcpu),
                            lateOf(outcome, vcpu),
                            waits ? Compared.TEN_PERCENT_OF_REAL : NOISE));
                }
            }
        }
        return rows;
    }

    /** What was written down is how long vCPU 0 was away and how late vCPU 1 was. */
    private double late(String version, int attacker, int vcpu) {
        double[] real = results.numbers(
                version,
                "plat" + attacker,
                "platform operation poll_10ms_both_dom0_vcpus attacker_pcpu=%d attack=1".formatted(attacker),
                "rc");
        return vcpu == 0 ? real[1] / 1000 - POLL_MS : real[2] / 1000;
    }

    private static double lateOf(TestHost.Outcome outcome, int vcpu) {
        return outcome.seen().lates.stream()
                        .filter(late -> late.domain().equals("Domain-0") && late.vcpu() == vcpu)
                        .mapToLong(Recorder.Span::length)
                        .max()
                        .orElse(0)
                / Machine.MS;
    }

    private TestHost.Outcome run(String version, int attacker, double lateMs) {
        long callNs = Math.round((lateMs + 1) * Machine.MS);
        return new Machine(folder, version, 4)
                .dom0Keys("vcpus = 3")
                .workload(
                        "attack",
                        "kind = hypercalls, operation = set_mem_access, access = r, pages = %d, start = %dms, repeat = 1"
                                .formatted(PAGES, START_MS))
                .guest(
                        "victim",
                        1024,
                        "paused = true, device-model-workload = attack, device-model-cpus = \"%d\"".formatted(attacker),
                        "device_model_stubdomain_override = 1")
                .calls(2, "operation = setvcpuaffinity, target = Domain-0, cpus = \"2-3\", start = 5ms, repeat = 1")
                .dom0("kind = periodic, timer = poll, period = %dms, burst = 10us, phase = 0ms".formatted(POLL_MS))
                .set("costs.p2m-entry=" + callNs / PAGES + "ns")
                .run(Math.round(lateMs + 150) + "ms");
    }
}
