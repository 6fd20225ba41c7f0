package org.xenfleet.host.statements;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.xenfleet.host.TestHost;

/**
 * Statement 15. The attacker's pCPU is the last, where the first guest is created: {@code mail}, which an event wakes every
 * 5 ms, so that it is queued there; or, in another run, {@code batch}, which computes there until the stub takes the pCPU. There
 * are so few others that at least one pCPU idles at any time.
 *
 * <p>An idle pCPU is awake 5 us after it was poked, and 1 us for its softirqs and 3 us for the switch later the vCPU runs: it has
 * waited 5 us and is at work after 9 us.
 */
final class IdlersRescue implements Statement {
    private static final double STEAL_MS = 0.02;

    @Override
    public int number() {
        return 15;
    }

    @Override
    public String says() {
        return "Idle pCPUs rescue queues (credit): with at least one idle pCPU no unpinned runnable vCPU waits longer than it"
                + " takes to steal it from the tied one.";
    }

    @Override
    public List<Trial> trials() {
        return List.of(
                trial("4 pCPUs, 1 spinner, 500 ms", 4, 1, 500), trial("16 pCPUs, 13 spinners, 1200 ms", 16, 13, 1_200));
    }

    private static Trial trial(String name, long cpus, long spinners, long callMs) {
        return new Trial(name, Map.of("cpus", cpus, "spinners", spinners, "call", callMs));
    }

    @Override
    public Optional<Trial> draw(Random random) {
        int cpus = 4 + random.nextInt(9);
        int spinners = 1 + random.nextInt(cpus - 3);
        int callMs = 200 + random.nextInt(800);
        return Optional.of(
                trial(cpus + " pCPUs, " + spinners + " spinners, " + callMs + " ms", cpus, spinners, callMs));
    }

    @Override
    public List<Figure> figures(Lab lab, Trial trial) {
        TestHost.Outcome queued = run(lab, trial, "mail", "batch");
        TestHost.Outcome displaced = run(lab, trial, "batch", "mail");
        long attacker = trial.get("cpus") - 1;
        return List.of(
                Figure.exactly("slices of the call", queued.call().continuations() + 1, 1, ""),
                Figure.atLeast(
                        "mail ran on the attacker's pCPU before", TiedCpu.runsBefore(queued, "mail", attacker), 1, ""),
                Figure.atMost(
                        "longest wait of mail, queued there", TiedCpu.longestWait(queued, "mail"), STEAL_MS, "ms"),
                Figure.atMost("mail at work after its event", TiedCpu.longestLate(queued, "mail"), STEAL_MS, "ms"),
                Figure.atLeast(
                        "batch ran on the attacker's pCPU before",
                        TiedCpu.runsBefore(displaced, "batch", attacker),
                        1,
                        ""),
                Figure.atMost(
                        "longest wait of batch, displaced there",
                        TiedCpu.longestWait(displaced, "batch"),
                        STEAL_MS,
                        "ms"),
                Figure.atLeast(
                        "pCPUs that batch had during the call",
                        TiedCpu.cpusInCall(displaced, "batch"),
                        trial.get("spinners") - 0.001,
                        ""));
    }

    private static TestHost.Outcome run(Lab lab, Trial trial, String first, String second) {
        TiedCpu host = new TiedCpu(trial.get("cpus"), trial.get("cpus") - 1, trial.get("call"))
                .workload("events", "kind = poisson, burst = 300us, period = 5ms");
        for (String guest : List.of(first, second)) {
            if (guest.equals("mail")) {
                host.guest("mail", "workload = events");
            } else {
                host.guest("batch", "workload = busy, count = " + trial.get("spinners"));
            }
        }
        return host.guest("crowd", "workload = idle", "vcpus = " + trial.get("cpus"))
                .run(lab, 100);
    }

    @Override
    public String leftOut() {
        return "an idle pCPU";
    }

    @Override
    public List<String> leaveOut() {
        return List.of("hosts.h.domains.crowd.workload=busy");
    }
}
