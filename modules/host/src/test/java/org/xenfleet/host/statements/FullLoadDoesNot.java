package org.xenfleet.host.statements;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.xenfleet.host.TestHost;

/**
 * Statement 16. The attacker's pCPU is the last, where the first guest is created, the one that is looked at: it sleeps there
 * and an event wakes it every 5 ms on average ({@code sleeps}), or computes there until the stub takes the pCPU. Each other pCPU
 * has three or four spinners pinned to all of them, which get more credit than they can use, because nobody uses that of the
 * tied pCPU: they are UNDER, and so their pCPUs never look into another's queue.
 *
 * <p>On the vulnerable release the sleeper waits from its first event in the call to the end of the call, and 20 times the mean
 * gap, 100 ms, is more than one in 10^8 gaps has; who computes waits from the stub's begin. On the fixed
 * one the sleeper, which is UNDER, waits for one slice of 30 ms; who computes is OVER for some accountings and waits for two slices or
 * three, as two spinners on one pCPU were measured to take turns (xsa-89, boots sched1).
 *
 * <p>Under credit2, where there are three sleepers, the first one for which the tied pCPU is the best to poke is left to that by all
 * others until the call ends; the others are run by other pCPUs of the socket, at the latest when a slice of at most 10 ms ends. That
 * is so for as long as they have more credit than the spinners: while the first one waits with credit nobody gets any, so that who has
 * used 20 ms of CPU time is at the floor with all the others and has to wait as well. A sleeper uses 6 % of the time: a call of 150 ms
 * is safely too short for that.
 */
final class FullLoadDoesNot implements Statement {
    private static final double LONG_GAP_MS = 100;
    /** 30 ms, and the rate limit. */
    private static final double SLICE_MS = 31;

    private static final double CREDIT2_SLICE_MS = 11;
    private static final int SLEEPERS = 3;
    /** In which three sleepers have no event once in 10^13 times. */
    private static final double CREDIT2_GAP_MS = 50;

    @Override
    public int number() {
        return 16;
    }

    @Override
    public String says() {
        return "Full load does not rescue queues (credit): with all other pCPUs at UNDER work, a vCPU on the tied pCPU's queue"
                + " waits for the whole call; under credit2 only the one that is earmarked for it does.";
    }

    @Override
    public List<Trial> trials() {
        return List.of(
                trial("2 pCPUs, 4 spinners, a sleeper, 800 ms", 2, 4, 1, 800),
                trial("4 pCPUs, 9 spinners, a sleeper, 1500 ms", 4, 9, 1, 1_500),
                trial("4 pCPUs, 12 spinners, one that computes, 600 ms", 4, 12, 0, 600),
                credit2("credit2, 3 pCPUs, 6 spinners, 150 ms", 3, 6, 150),
                credit2("credit2, 6 pCPUs, 15 spinners, 120 ms", 6, 15, 120));
    }

    private static Trial trial(String name, long cpus, long spinners, long sleeps, long callMs) {
        return new Trial(
                name, Map.of("credit2", 0L, "cpus", cpus, "spinners", spinners, "sleeps", sleeps, "call", callMs));
    }

    private static Trial credit2(String name, long cpus, long spinners, long callMs) {
        return new Trial(name, Map.of("credit2", 1L, "cpus", cpus, "spinners", spinners, "sleeps", 1L, "call", callMs));
    }

    @Override
    public Optional<Trial> draw(Random random) {
        int cpus = 2 + random.nextInt(5);
        int spinners = (3 + random.nextInt(2)) * (cpus - 1);
        if (random.nextInt(3) == 0) {
            int shortMs = 100 + random.nextInt(50);
            return Optional.of(credit2(
                    "credit2, " + cpus + " pCPUs, " + spinners + " spinners, " + shortMs + " ms",
                    cpus,
                    spinners,
                    shortMs));
        }
        int sleeps = random.nextInt(2);
        int callMs = 400 + random.nextInt(800);
        String who = sleeps == 1 ? "a sleeper" : "one that computes";
        return Optional.of(trial(
                cpus + " pCPUs, " + spinners + " spinners, " + who + ", " + callMs + " ms",
                cpus,
                spinners,
                sleeps,
                callMs));
    }

    @Override
    public List<Figure> figures(Lab lab, Trial trial) {
        return trial.get("credit2") == 1 ? credit2(lab, trial) : credit(lab, trial);
    }

    private static List<Figure> credit(Lab lab, Trial trial) {
        TestHost.Outcome vulnerable = run(lab, trial, false);
        TestHost.Outcome fixed = run(lab, trial, true);
        double call = TiedCpu.callMs(vulnerable);
        double least = trial.get("sleeps") == 1 ? call - LONG_GAP_MS : call - 2;
        double most = trial.get("sleeps") == 1 ? SLICE_MS : 3 * SLICE_MS;
        return List.of(
                Figure.atLeast(
                        "4.4.0: pCPUs that the spinners had during the call",
                        TiedCpu.cpusInCall(vulnerable, "spinner"),
                        (trial.get("cpus") - 1) * 0.999,
                        ""),
                Figure.between("4.4.0: the wait", TiedCpu.longestWait(vulnerable, "guest"), least, call + 2, "ms"),
                Figure.atMost("4.4.1: longest wait", TiedCpu.longestWait(fixed, "guest"), most, "ms"));
    }

    private static List<Figure> credit2(Lab lab, Trial trial) {
        double[] waits = waits(run(lab, trial, false));
        double[] cutOff = waits(run(lab, trial, true));
        double call = trial.get("call");
        return List.of(
                Figure.between(
                        "in one slice: the one that is left to the tied pCPU waits",
                        waits[2],
                        call - CREDIT2_GAP_MS,
                        call + 2,
                        "ms"),
                Figure.atMost("in one slice: another waits at most", waits[1], CREDIT2_SLICE_MS, "ms"),
                Figure.atMost("cut off: longest wait", cutOff[2], CREDIT2_SLICE_MS, "ms"));
    }

    /** The longest wait of each of the three sleepers, shortest first. */
    private static double[] waits(TestHost.Outcome outcome) {
        return IntStream.range(0, SLEEPERS)
                .mapToDouble(i -> TiedCpu.longestWait(outcome, "guest-" + i))
                .sorted()
                .toArray();
    }

    private static TestHost.Outcome run(Lab lab, Trial trial, boolean cutOff) {
        long cpus = trial.get("cpus");
        long attacker = cpus - 1;
        String guest = "workload = " + (trial.get("sleeps") == 1 ? "events" : "busy");
        TiedCpu host = new TiedCpu(cpus, attacker, trial.get("call")).version(cutOff ? "4.4.1" : "4.4.0");
        if (trial.get("credit2") == 1) {
            host.credit2(cutOff);
            guest += ", count = " + SLEEPERS;
        }
        return host.workload("events", "kind = poisson, burst = 300us, period = 5ms")
                .guest("guest", guest)
                .guest(
                        "spinner",
                        "workload = busy",
                        "vcpus = " + trial.get("spinners"),
                        "cpus = \"" + TiedCpu.allBut(cpus, attacker) + "\"")
                .run(lab, 2 * trial.get("call") + 500);
    }

    @Override
    public String leftOut() {
        return "M2";
    }

    @Override
    public List<String> leaveOut() {
        return List.of("hosts.h.xen.mechanisms.m2=off");
    }
}
