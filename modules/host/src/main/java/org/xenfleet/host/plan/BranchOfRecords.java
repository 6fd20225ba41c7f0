package org.xenfleet.host.plan;

import java.util.ArrayList;
import java.util.List;
import org.xenfleet.scenario.DomainSpec;
import org.xenfleet.scenario.HostSpec;
import org.xenfleet.scenario.KernelSpec;
import org.xenfleet.xen.Costs;

/**
 * What a branch asks of the past that the run has not kept. A host forgets standstills that are shorter than all its thresholds,
 * so a branch may judge them by longer ones only. Used once.
 */
final class BranchOfRecords {
    private final long kept;
    private final List<String> refusals = new ArrayList<>();

    private BranchOfRecords(long kept) {
        this.kept = kept;
    }

    /** Of two kinds with the same domains. */
    static List<String> refusals(HostSpec before, HostSpec after) {
        long kept = kept(before);
        BranchOfRecords check = new BranchOfRecords(kept);
        String key = "hosts." + before.name();
        long least = after.unresponsiveAfterNs();
        if (least < before.unresponsiveAfterNs()) {
            check.add(key + ".unresponsive-after", least, before.unresponsiveAfterNs(), "domctls");
        }
        if (kept(after) < kept) {
            check.atLeast(key + ".unresponsive-after", least);
            for (DomainSpec domain : after.domains()) {
                check.atLeast(key + ".domains." + domain.key() + ".tolerance", domain.toleranceNs());
            }
            KernelSpec kernel = after.dom0().kernel();
            check.detector(key + ".dom0.detectors.soft-lockup", kernel.softLockupNs());
            check.detector(key + ".dom0.detectors.rcu-stall", kernel.rcuStallNs());
            check.detector(key + ".dom0.detectors.hung-task", kernel.hungTaskNs());
            check.detector(key + ".dom0.detectors.io-timeout", kernel.ioTimeoutNs());
        }
        return check.refusals;
    }

    private static long kept(HostSpec spec) {
        return HostPlanner.of(spec).plan(spec.name(), Costs.DEFAULT, 0).standstillsForgottenNs();
    }

    private void atLeast(String key, long ns) {
        if (ns < kept) {
            add(key, ns, kept, "standstills");
        }
    }

    /** Of one that is on. */
    private void detector(String key, long ns) {
        if (ns > 0) {
            atLeast(key, ns);
        }
    }

    private void add(String key, long ns, long keptNs, String what) {
        String refusal = key + ": " + milliseconds(ns) + " here; of its past the run has kept only " + what + " of "
                + milliseconds(keptNs) + " and longer";
        if (!refusals.contains(refusal)) {
            refusals.add(refusal);
        }
    }

    private static String milliseconds(long ns) {
        return ns % 1_000_000 == 0 ? ns / 1_000_000 + "ms" : ns + "ns";
    }
}
