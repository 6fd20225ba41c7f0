package org.xenfleet.host.statements;

import java.util.List;
import java.util.Map;
import org.xenfleet.host.TestHost;

/**
 * Statement 5. Who calls whom: the stub its guest, then another guest; dom0 the guest, then a PV guest, then a guest that it
 * has destroyed; the guest itself; a PV guest the guest, then another PV guest. EPERM is -1, ESRCH -3, EINVAL -22. Whether
 * somebody without privilege learns that a target is not HVM depends on which check comes first: in 4.1 and 4.2 the privilege,
 * later the kind.
 */
final class Privilege implements Statement {
    private static final List<String> RELEASES =
            List.of("4.1.0", "4.1.6.1", "4.2.4", "4.3.2", "4.4.0", "4.4.1", "4.5.0", "4.17.7");
    private static final String DOM0 = "Domain-0";

    @Override
    public int number() {
        return 5;
    }

    @Override
    public String says() {
        return "The target's stub and dom0 may; the guest itself and other domains get EPERM, an unknown domid is ESRCH, a PV"
                + " target EINVAL (in 4.1 and 4.2 EPERM comes first for those without privilege).";
    }

    @Override
    public List<Trial> trials() {
        return RELEASES.stream()
                .map(r -> new Trial(r, Walks.release(RELEASES.indexOf(r))))
                .toList();
    }

    @Override
    public List<Figure> figures(Lab lab, Trial trial) {
        String version = RELEASES.get((int) trial.get("release"));
        boolean privilegeFirst = version.matches("4\\.[12]\\..*");
        TestHost.Outcome outcome = run(lab, version);
        return List.of(
                returns(outcome, "the stub, its guest", "victim-dm", 0, 0),
                returns(outcome, "the stub, another guest", "victim-dm", 1, Walks.EPERM),
                returns(outcome, "dom0, the guest", DOM0, 0, 0),
                returns(outcome, "dom0, a PV guest", DOM0, 1, Walks.EINVAL),
                returns(outcome, "dom0, destroying a guest", DOM0, 2, 0),
                returns(outcome, "dom0, the domid that is gone", DOM0, 3, Walks.ESRCH),
                returns(outcome, "the guest itself", "victim", 0, Walks.EPERM),
                returns(outcome, "a PV guest, the guest", "other", 0, Walks.EPERM),
                returns(
                        outcome,
                        "a PV guest, another PV guest",
                        "other",
                        1,
                        privilegeFirst ? Walks.EPERM : Walks.EINVAL));
    }

    private static Figure returns(TestHost.Outcome outcome, String what, String caller, int number, int errno) {
        return Figure.exactly(what, Walks.returned(outcome, caller, number), errno, "");
    }

    private static TestHost.Outcome run(Lab lab, String version) {
        String call = "kind = hypercalls, access = r, pages = 512, repeat = 1";
        return lab.run(
                "3s",
                """
                        cpus = 4, xen { version = "%s", scheduler = credit }
                        dom0 { vcpus = 2, pin = true, workload = [dom0, destroy] }
                        domains {
                          victim { xl = victim.cfg, workload = self, mem-access-listener = true, device-model-workload = stub }
                          second { xl = second.cfg, mem-access-listener = true }
                          gone { xl = gone.cfg, mem-access-listener = true }
                          pv { xl = pv.cfg }
                          other { xl = other.cfg, workload = other }
                        }
                        """.formatted(version),
                """
                        workloads {
                          self { %1$s, operation = %2$s, target = victim, start = 100ms }
                          stub { %1$s, operation = %2$s, target = [victim, second], start = 200ms }
                          other { %1$s, operation = %2$s, target = [victim, pv], start = 300ms }
                          dom0 { %1$s, operation = %2$s, target = [victim, pv], start = 400ms, vcpu = 0 }
                          destroy { %1$s, operation = [destroydomain, %2$s], target = gone, start = 500ms, vcpu = 1 }
                        }
                        """.formatted(call, Walks.operation(version)),
                Map.of(
                        "victim.cfg",
                        Walks.victim("victim", 512, 1, ""),
                        "second.cfg",
                        Walks.victim("second", 512, 1, ""),
                        "gone.cfg",
                        "name = \"gone\"\ntype = \"hvm\"\nmemory = 512\n",
                        "pv.cfg",
                        Walks.pv("pv", ""),
                        "other.cfg",
                        Walks.pv("other", "")));
    }

    @Override
    public String leftOut() {
        return "the target: the stub works on another guest than its own";
    }

    @Override
    public List<String> leaveOut() {
        return List.of("workloads.stub.target=second");
    }
}
