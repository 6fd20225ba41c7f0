package org.xenfleet.host.statements;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xenfleet.host.Recorder;
import org.xenfleet.host.TestHost;
import org.xenfleet.observe.HostReport.Incident;

/**
 * Statement 19. The call ties pCPU 0, the first of its pool, or pCPU 1.
 *
 * <p>Accounting: {@code capped} has pCPU 2 to itself and a cap. Only the accounting makes a vCPU OVER and parks it, or UNDER and
 * lets it run: where it goes on, it runs for as much of the call as its cap allows; where it does not, it goes on as it was, running
 * or parked, and never changes.
 *
 * <p>Time: Xen keeps it by the ACPI timer, which wraps after 2^24 / 3,579,545 Hz = 4.687 s, and the call is longer than that. With
 * an invariant TSC time steps back by one wrap, and forward again. Without one it goes on too slowly for some seconds; after a call of
 * 7.1 s it so misses a second wrap, which is lost for good, as measured (xsa-89, boots warp).
 *
 * <p>Fencing: a vCPU of dom0 that is pinned to the tied pCPU has set a watchdog timer of 2 s, and sets it again every 500 ms while it
 * runs. That lives on pCPU 0: it fires at its deadline, or when the call that ties pCPU 0 ends.
 */
final class Cpu0IsSpecial implements Statement {
    private static final double WRAP_S = 4.687;
    private static final long MEASURED_CALL_MS = 7_100;
    /** How long the damaged clock may take until it is right again, or has missed another wrap. */
    private static final long SETTLES_MS = 9_000;

    private static final long TIMEOUT_MS = 2_000;
    private static final Pattern SECONDS = Pattern.compile("by ([0-9.]+) s|(?:lost|gained) ([0-9.]+) s");

    @Override
    public int number() {
        return 19;
    }

    @Override
    public String says() {
        return "pCPU 0 is special: tied, it stops the credit accounting of its pool, so that no vCPU changes between UNDER and"
                + " OVER, the calibration of time, and the watchdogs of domains; any other pCPU does not.";
    }

    @Override
    public List<Trial> trials() {
        return List.of(
                trial("4 pCPUs, cap 50, 7.1 s as measured, no invariant TSC", 4, 50, 0, MEASURED_CALL_MS),
                trial("8 pCPUs, cap 25, 6 s, invariant TSC", 8, 25, 1, 6_000));
    }

    private static Trial trial(String name, long cpus, long cap, long invariant, long callMs) {
        return new Trial(name, Map.of("cpus", cpus, "cap", cap, "invariant", invariant, "call", callMs));
    }

    @Override
    public Optional<Trial> draw(Random random) {
        int cpus = 3 + random.nextInt(6);
        int cap = 20 + random.nextInt(60);
        int invariant = random.nextInt(2);
        int callMs = 5_500 + random.nextInt(1_500);
        String tsc = invariant == 1 ? "invariant TSC" : "no invariant TSC";
        return Optional.of(
                trial(cpus + " pCPUs, cap " + cap + ", " + callMs + " ms, " + tsc, cpus, cap, invariant, callMs));
    }

    @Override
    public List<Figure> figures(Lab lab, Trial trial) {
        TestHost.Outcome on0 = run(lab, trial, 0, "4.4.0");
        TestHost.Outcome on1 = run(lab, trial, 1, "4.4.0");
        TestHost.Outcome fixed = run(lab, trial, 0, "4.4.1");
        TestHost.Outcome guarded0 = guard(lab, trial, 0);
        TestHost.Outcome guarded1 = guard(lab, trial, 1);
        double cap = trial.get("cap") / 100.0;
        long call = trial.get("call");
        return List.of(
                Figure.exactly(
                        "pCPU 0 tied: how often capped runs or stops", TiedCpu.switchesInCall(on0, "capped"), 0, ""),
                Figure.between(
                        "pCPU 1 tied: share of capped", TiedCpu.cpusInCall(on1, "capped"), cap - 0.02, cap + 0.02, ""),
                Figure.between(
                        "pCPU 0, 4.4.1: share of capped",
                        TiedCpu.cpusInCall(fixed, "capped"),
                        cap - 0.02,
                        cap + 0.02,
                        ""),
                damage(trial, on0),
                Figure.exactly("pCPU 1 tied: clock damage", damages(on1).size(), 0, ""),
                Figure.exactly("pCPU 0, 4.4.1: clock damage", damages(fixed).size(), 0, ""),
                Figure.between(
                        "pCPU 0 tied: dom0 is fenced after the begin of the call",
                        (guarded0.report().downAtNs() - TiedCpu.CALL_AT) / TiedCpu.MS,
                        call,
                        call + 5,
                        "ms"),
                Figure.between(
                        "pCPU 1 tied: dom0 is fenced after it set its timer",
                        (guarded1.report().downAtNs() - lastSet(guarded1)) / TiedCpu.MS,
                        TIMEOUT_MS - 0.1,
                        TIMEOUT_MS + 0.1,
                        "ms"));
    }

    private static Figure damage(Trial trial, TestHost.Outcome outcome) {
        if (trial.get("call") == MEASURED_CALL_MS) {
            return Figure.measured("pCPU 0 tied: system time lost for good", sum(outcome, "lost"), WRAP_S, "s");
        }
        if (trial.get("invariant") == 1) {
            double back = sum(outcome, "stepped back");
            return Figure.between("pCPU 0 tied: system time steps back", back, WRAP_S - 0.01, WRAP_S + 0.01, "s");
        }
        return Figure.atLeast("pCPU 0 tied: clock damage", damages(outcome).size(), 1, "");
    }

    private static List<Incident> damages(TestHost.Outcome outcome) {
        return outcome.report().incidents().stream()
                .filter(i -> i.kind().equals("clock-damage"))
                .toList();
    }

    private static double sum(TestHost.Outcome outcome, String what) {
        return damages(outcome).stream()
                .map(Incident::detail)
                .filter(d -> d.contains(what))
                .mapToDouble(Cpu0IsSpecial::seconds)
                .sum();
    }

    private static double seconds(String detail) {
        Matcher matcher = SECONDS.matcher(detail);
        return matcher.find()
                ? Double.parseDouble(matcher.group(1) == null ? matcher.group(2) : matcher.group(1))
                : Double.NaN;
    }

    private static TestHost.Outcome run(Lab lab, Trial trial, long attacker, String version) {
        return host(trial, attacker)
                .version(version)
                .guest("capped", "workload = busy", "cpus = \"2\"", "cap = " + trial.get("cap"))
                .run(lab, SETTLES_MS);
    }

    private static TestHost.Outcome guard(Lab lab, Trial trial, long attacker) {
        return host(trial, attacker)
                .dom0("vcpus = 2, pin = true, workload = guard")
                .workload(
                        "guard",
                        "kind = hypercalls, operation = sched_watchdog, timeout = %dms, pause = 500ms, vcpu = %d"
                                .formatted(TIMEOUT_MS, attacker))
                .run(lab, 1_000);
    }

    private static TiedCpu host(Trial trial, long attacker) {
        return new TiedCpu(trial.get("cpus"), attacker, trial.get("call"))
                .xen("command-line = \"clocksource=acpi\", invariant-tsc = " + (trial.get("invariant") == 1));
    }

    private static long lastSet(TestHost.Outcome outcome) {
        return outcome.seen().calls.stream()
                .filter(c -> c.caller().equals("Domain-0"))
                .mapToLong(Recorder.Call::end)
                .max()
                .orElse(0);
    }

    @Override
    public String leftOut() {
        return "M5, M6 and M17";
    }

    @Override
    public List<String> leaveOut() {
        return List.of(
                "hosts.h.xen.mechanisms.m5=off", "hosts.h.xen.mechanisms.m6=off", "hosts.h.xen.mechanisms.m17=off");
    }
}
