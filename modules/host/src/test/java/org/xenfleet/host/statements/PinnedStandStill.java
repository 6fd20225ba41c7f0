package org.xenfleet.host.statements;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.xenfleet.host.TestHost;

/**
 * Statement 17. {@code pinned} may run on the attacker's pCPU only and computes; {@code free} computes too, and is created on the
 * same pCPU. {@code spinner} has a number of vCPUs, for which any pCPU will do: none, or enough for full load.
 *
 * <p>On a release, or in a call, without tests for preemption the pinned one runs until the stub has the pCPU, up to the 1 ms of the rate limit after it woke,
 * and then not for a nanosecond. With tests two vCPUs of equal weight share the pCPU: half of it for a long call; here, where
 * the call is short and slices are 30 ms, a third at least.
 */
final class PinnedStandStill implements Statement {
    @Override
    public int number() {
        return 17;
    }

    @Override
    public String says() {
        return "vCPUs with the hard affinity of the tied pCPU make no progress during the call.";
    }

    @Override
    public List<Trial> trials() {
        return List.of(
                trial("4 pCPUs, no spinners, 900 ms", 0, 4, 2, 0, 900),
                trial("4 pCPUs, 8 spinners, 1500 ms", 0, 4, 3, 8, 1_500),
                trial("8 pCPUs, 3 spinners, attacker on pCPU 0, 500 ms", 0, 8, 0, 3, 500),
                trial("credit2, 4 pCPUs, no spinners, 900 ms", 1, 4, 2, 0, 900),
                trial("credit2, 3 pCPUs, 6 spinners, 600 ms", 1, 3, 0, 6, 600));
    }

    private static Trial trial(String name, long credit2, long cpus, long attacker, long spinners, long callMs) {
        return new Trial(
                name,
                Map.of("credit2", credit2, "cpus", cpus, "attacker", attacker, "spinners", spinners, "call", callMs));
    }

    @Override
    public Optional<Trial> draw(Random random) {
        int cpus = 2 + random.nextInt(7);
        int attacker = random.nextInt(cpus);
        int spinners = random.nextInt(2 * cpus);
        int callMs = 400 + random.nextInt(600);
        int credit2 = random.nextInt(2);
        return Optional.of(trial(
                (credit2 == 1 ? "credit2, " : "") + cpus + " pCPUs, " + spinners + " spinners, attacker on pCPU "
                        + attacker + ", " + callMs + " ms",
                credit2,
                cpus,
                attacker,
                spinners,
                callMs));
    }

    @Override
    public List<Figure> figures(Lab lab, Trial trial) {
        TestHost.Outcome vulnerable = run(lab, trial, false);
        TestHost.Outcome fixed = run(lab, trial, true);
        double call = TiedCpu.callMs(vulnerable);
        return List.of(
                Figure.exactly("slices of the call", vulnerable.call().continuations() + 1, 1, ""),
                Figure.atLeast(
                        "in one slice: the pinned one waits",
                        TiedCpu.longestWait(vulnerable, "pinned"),
                        call - 2,
                        "ms"),
                Figure.atMost(
                        "in one slice: it runs during the call",
                        TiedCpu.cpusInCall(vulnerable, "pinned") * call,
                        0.001,
                        "ms"),
                Figure.atLeast("cut off: share of the pinned one", TiedCpu.cpusInCall(fixed, "pinned"), 1.0 / 3, ""));
    }

    private static TestHost.Outcome run(Lab lab, Trial trial, boolean cutOff) {
        TiedCpu host = new TiedCpu(trial.get("cpus"), trial.get("attacker"), trial.get("call"))
                .version(cutOff ? "4.4.1" : "4.4.0")
                .guest("pinned", "workload = busy", "cpus = \"" + trial.get("attacker") + "\"");
        if (trial.get("credit2") == 1) {
            host.credit2(cutOff);
        }
        if (trial.get("spinners") > 0) {
            host.guest("spinner", "workload = busy", "vcpus = " + trial.get("spinners"));
        }
        return host.run(lab, 3 * trial.get("call") + 500);
    }

    @Override
    public String leftOut() {
        return "M3";
    }

    @Override
    public List<String> leaveOut() {
        return List.of("hosts.h.xen.mechanisms.m3=off");
    }
}
