package org.xenfleet.host.statements;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.xenfleet.host.TestHost;

/**
 * Statement 22. The stub's call begins at 1 s on the pCPU {@code attacker} and lasts 2 s; half a second into it dom0 takes the
 * last pCPU, which idles, out of use. A spinner runs on pCPU 2, which has nothing to do with either.
 */
final class StopMachineFreezes implements Statement {
    private static final double MS = 1e6;

    @Override
    public int number() {
        return 22;
    }

    @Override
    public String says() {
        return "stop_machine freezes: a CPU taken offline during the call freezes all other pCPUs until the call ends, without"
                + " a time-out; of a call on pCPU 0 it is the operation that waits, because its tasklet has to run there.";
    }

    @Override
    public List<Trial> trials() {
        return List.of(trial("4 pCPUs, attacker on 1", 4, 1), trial("16 pCPUs, attacker on 5", 16, 5));
    }

    private static Trial trial(String name, long cpus, long attacker) {
        return new Trial(name, Map.of("cpus", cpus, "attacker", attacker));
    }

    @Override
    public Optional<Trial> draw(Random random) {
        int cpus = 5 + random.nextInt(20);
        int attacker = 3 + random.nextInt(cpus - 4);
        return Optional.of(trial(cpus + " pCPUs, attacker on " + attacker, cpus, attacker));
    }

    @Override
    public List<Figure> figures(Lab lab, Trial trial) {
        TestHost.Outcome vulnerable = run(lab, trial, trial.get("attacker"), "4.4.0");
        TestHost.Outcome onCpu0 = run(lab, trial, 0, "4.4.0");
        TestHost.Outcome fixed = run(lab, trial, trial.get("attacker"), "4.4.1");
        return List.of(
                Figure.between("4.4.0: the uninvolved pCPU 2 is frozen", frozen(vulnerable), 1_499, 1_501, "ms"),
                Figure.between("4.4.0: the operation takes", call(vulnerable), 1_500, 1_505, "ms"),
                Figure.atMost("4.4.0, attacker on pCPU 0: pCPU 2 is frozen", frozen(onCpu0), 2, "ms"),
                Figure.between("4.4.0, attacker on pCPU 0: the operation takes", call(onCpu0), 1_500, 1_505, "ms"),
                Figure.atMost("4.4.1: pCPU 2 is frozen", frozen(fixed), 2, "ms"),
                Figure.atMost("4.4.1: the operation takes", call(fixed), 5, "ms"));
    }

    private static TestHost.Outcome run(Lab lab, Trial trial, long attacker, String version) {
        long cpus = trial.get("cpus");
        String dom0Cpu = attacker == 0 ? "1" : "0";
        return lab.run(
                "6s",
                """
                        cpus = %d, xen { version = "%s", time-at-start = 0ms }
                        dom0 { vcpus = 2, pin = true, workload = offline }
                        domains {
                          spinner { xl = spinner.cfg, workload = busy }
                          victim { xl = victim.cfg, paused = true, device-model-workload = attack, device-model-cpus = "%d" }
                        }
                        """.formatted(cpus, version, attacker),
                """
                        workloads {
                          busy { kind = cpu }
                          attack { kind = hypercalls, operation = set_mem_access, access = n, pages = 1000000, start = 1s, repeat = 1 }
                          offline { kind = hypercalls, operation = cpu_offline, cpu = %d, start = 1500ms, repeat = 1, vcpu = %s }
                        }
                        costs { p2m-entry = 2us, flush-idle = 0ns, p2m-table = 0ns }
                        """.formatted(cpus - 1, dom0Cpu),
                Map.of("spinner.cfg", """
                        name = "spinner"
                        kernel = "/boot/vmlinuz"
                        memory = 1024
                        cpus = "2"
                        """, "victim.cfg", """
                        name = "victim"
                        type = "hvm"
                        memory = 8192
                        device_model_stubdomain_override = 1
                        """));
    }

    /** The longest time for which the spinner, which has its pCPU to itself, did not run. */
    private static double frozen(TestHost.Outcome outcome) {
        return outcome.seen().longestWait("spinner") / MS;
    }

    private static double call(TestHost.Outcome outcome) {
        return outcome.seen().calls.stream()
                        .filter(c -> c.caller().equals("Domain-0"))
                        .mapToLong(c -> c.end() - c.issued())
                        .max()
                        .orElse(Long.MAX_VALUE)
                / MS;
    }

    @Override
    public String leftOut() {
        return "M13";
    }

    @Override
    public List<String> leaveOut() {
        return List.of("hosts.h.xen.mechanisms.m13=off");
    }
}
