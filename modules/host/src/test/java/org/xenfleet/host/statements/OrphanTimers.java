package org.xenfleet.host.statements;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.xenfleet.host.Recorder;
import org.xenfleet.host.TestHost;

/**
 * Statement 18. Guests that sleep: {@code here} is created, and so sleeps, on the attacker's pCPU, the last one, {@code there} on
 * another. Their timers are due every 20 ms, at {@code phase} after 1 s first in the call; that of {@code here} fires when the call
 * ends, so it is late by the call's length less the phase. In a second run both are woken by events instead, in a third the one on
 * the tied pCPU is also pinned to it: then the event wakes it, but it cannot run.
 *
 * <p>A poll's time-out is homed where its vCPU was created: as was measured (xsa-89, boots plat0 and plat1), both vCPUs of dom0 run
 * until 20 ms into the call and then poll for 10 ms; one was created on the tied pCPU, and was moved off it when the stub came. The
 * calls of those boots ended 1141.7 and 640.6 ms after the polls began, on a host with noise of 30 ms.
 */
final class OrphanTimers implements Statement {
    private static final double PROMPT_MS = 0.2;

    @Override
    public int number() {
        return 18;
    }

    @Override
    public String says() {
        return "Orphan timers: a vCPU that blocked with its timer on the tied pCPU does not wake before the call ends, an"
                + " identical one elsewhere does, and an event wakes both, unless they are pinned there.";
    }

    @Override
    public List<Trial> trials() {
        return List.of(
                sleepers("4 pCPUs, 700 ms", 4, 5, 700),
                sleepers("12 pCPUs, 1300 ms", 12, 13, 1_300),
                poll("a poll, attacker on pCPU 0, as measured", 0, 1_141_698),
                poll("a poll, attacker on pCPU 1, as measured", 1, 640_574));
    }

    private static Trial sleepers(String name, long cpus, long phaseMs, long callMs) {
        return new Trial(name, Map.of("poll", 0L, "cpus", cpus, "phase", phaseMs, "call", callMs));
    }

    private static Trial poll(String name, long attacker, long measuredUs) {
        return new Trial(name, Map.of("poll", 1L, "attacker", attacker, "measured", measuredUs));
    }

    @Override
    public Optional<Trial> draw(Random random) {
        int cpus = 4 + random.nextInt(10);
        int phaseMs = 2 + random.nextInt(17);
        int callMs = 300 + random.nextInt(900);
        return Optional.of(
                sleepers(cpus + " pCPUs, phase " + phaseMs + " ms, " + callMs + " ms", cpus, phaseMs, callMs));
    }

    @Override
    public List<Figure> figures(Lab lab, Trial trial) {
        return trial.get("poll") == 1 ? polls(lab, trial) : sleeps(lab, trial);
    }

    private static List<Figure> sleeps(Lab lab, Trial trial) {
        long attacker = trial.get("cpus") - 1;
        TestHost.Outcome timers = run(lab, trial, "4.4.0", "timer", "");
        TestHost.Outcome fixed = run(lab, trial, "4.4.1", "timer", "");
        TestHost.Outcome events = run(lab, trial, "4.4.0", "events", "");
        TestHost.Outcome pinned = run(lab, trial, "4.4.0", "events", "cpus = \"" + attacker + "\"");
        double call = TiedCpu.callMs(timers);
        double orphaned = call - trial.get("phase");
        return List.of(
                Figure.between(
                        "4.4.0: the timer on the tied pCPU is late by",
                        TiedCpu.longestLate(timers, "here"),
                        orphaned - PROMPT_MS,
                        orphaned + PROMPT_MS,
                        "ms"),
                Figure.atMost("4.4.0: the other is late by", TiedCpu.longestLate(timers, "there"), PROMPT_MS, "ms"),
                Figure.atMost("4.4.1: the timer is late by", TiedCpu.longestLate(fixed, "here"), PROMPT_MS, "ms"),
                Figure.atMost("4.4.0: an event there is late by", TiedCpu.longestLate(events, "here"), PROMPT_MS, "ms"),
                Figure.atMost(
                        "4.4.0: an event elsewhere is late by", TiedCpu.longestLate(events, "there"), PROMPT_MS, "ms"),
                Figure.between(
                        "4.4.0: an event for one that is pinned there is late by",
                        TiedCpu.longestLate(pinned, "here"),
                        call - 200,
                        call,
                        "ms"));
    }

    private static TestHost.Outcome run(Lab lab, Trial trial, String version, String workload, String hereXl) {
        return new TiedCpu(trial.get("cpus"), trial.get("cpus") - 1, trial.get("call"))
                .version(version)
                .workload(
                        "timer",
                        "kind = periodic, burst = 200us, period = 20ms, phase = %dms".formatted(trial.get("phase")))
                .workload("events", "kind = poisson, burst = 200us, period = 10ms")
                .guest("here", "workload = " + workload, hereXl)
                .guest("there", "workload = " + workload)
                .run(lab, 300);
    }

    private static List<Figure> polls(Lab lab, Trial trial) {
        TestHost.Outcome vulnerable = pollRun(lab, trial, "4.4.0");
        TestHost.Outcome fixed = pollRun(lab, trial, "4.4.1");
        int tied = Math.toIntExact(trial.get("attacker"));
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.measured(
                "4.4.0: a poll of 10 ms, vCPU created on the tied pCPU",
                poll(vulnerable, tied),
                trial.get("measured") / 1e3,
                "ms"));
        figures.add(Figure.between("4.4.0: the other vCPU's poll", poll(vulnerable, 1 - tied), 10, 10.3, "ms"));
        figures.add(Figure.between("4.4.1: the poll", poll(fixed, tied), 10, 10.3, "ms"));
        return figures;
    }

    private static TestHost.Outcome pollRun(Lab lab, Trial trial, String version) {
        return new TiedCpu(4, trial.get("attacker"), 20 + trial.get("measured") / 1_000)
                .version(version)
                .dom0("vcpus = 2, workload = polls")
                .workload("polls", "kind = periodic, timer = poll, burst = 1020ms, period = 1030ms, phase = 0ms")
                .run(lab, 300);
    }

    /** The time from the beginning of the poll that ends at 1.03 s to its end, in ms. */
    private static double poll(TestHost.Outcome outcome, int vcpu) {
        return 10
                + outcome.seen().lates.stream()
                                .filter(l -> l.domain().equals("Domain-0") && l.vcpu() == vcpu)
                                .filter(l -> l.start() > TiedCpu.CALL_AT)
                                .mapToLong(Recorder.Span::length)
                                .findFirst()
                                .orElse(Long.MAX_VALUE)
                        / TiedCpu.MS;
    }

    @Override
    public String leftOut() {
        return "M4";
    }

    @Override
    public List<String> leaveOut() {
        return List.of("hosts.h.xen.mechanisms.m4=off");
    }
}
