package org.xenfleet.host.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.xenfleet.scenario.CpuPoolSpec;
import org.xenfleet.scenario.HostSpec;
import org.xenfleet.scenario.PoolSpec;
import org.xenfleet.scenario.Scenario;
import org.xenfleet.scenario.WatchdogSpec;
import org.xenfleet.scenario.XenSpec;

/**
 * What may change when a run goes on from one of its instants as another scenario. Allowed is what can change while a host
 * runs, or what is only a view of it: added fixes, workloads, costs, the parameters of credit and credit2, the time-out of
 * Xen's watchdog, longer tolerances and thresholds, and for the run its name, duration and expectations. Everything else is
 * refused. Used once.
 */
public final class BranchCheck {
    private static final String AT_START = "it has had its effect when the run started";
    private static final String SHAPE = "the size of a host cannot change while it runs";
    private static final String XEN = "a host keeps the Xen that it has booted";
    private static final String DOM0 = "the size of dom0 cannot change while it runs";

    private final List<String> refusals = new ArrayList<>();

    private BranchCheck() {}

    /**
     * What cannot be changed and is, as sentences that begin with the key; empty when a run of {@code before} may go on as
     * {@code after}.
     */
    public static List<String> refusals(Scenario before, Scenario after) {
        BranchCheck check = new BranchCheck();
        check.same("seed", before.seed(), after.seed(), "what is drawn from it has been drawn");
        check.same("warm-up", before.warmUpNs(), after.warmUpNs(), AT_START);
        check.same("replications", before.replications(), after.replications(), AT_START);
        check.pools(before.pools(), after.pools());
        before.hosts().forEach((name, was) -> {
            HostSpec is = after.hosts().get(name);
            if (is == null) {
                check.add("hosts." + name, "there in the run, not here; hosts cannot disappear while they run");
            } else {
                check.host(was, is);
            }
        });
        return List.copyOf(check.refusals);
    }

    /** The same for one kind of host. */
    public static List<String> refusals(HostSpec before, HostSpec after) {
        BranchCheck check = new BranchCheck();
        check.host(before, after);
        return List.copyOf(check.refusals);
    }

    private void pools(SortedMap<String, PoolSpec> before, SortedMap<String, PoolSpec> after) {
        if (!before.keySet().equals(after.keySet())) {
            add(
                    "pools",
                    before.keySet() + " in the run, " + after.keySet()
                            + " here; pools cannot come or go while others run");
            return;
        }
        before.forEach((name, was) -> {
            if (!was.equals(after.get(name))) {
                add(
                        "pools." + name,
                        "other hosts, or another channel, here than in the run; who is in a pool, and how they"
                                + " meet, cannot change while it runs");
            }
        });
    }

    private void host(HostSpec before, HostSpec after) {
        String key = "hosts." + before.name();
        same(key + ".cpus", before.cpus(), after.cpus(), SHAPE);
        same(key + ".sockets", before.sockets(), after.sockets(), SHAPE);
        same(key + ".threads-per-core", before.threadsPerCore(), after.threadsPerCore(), SHAPE);
        same(key + ".frequency", before.frequencyHz() + "Hz", after.frequencyHz() + "Hz", SHAPE);
        same(key + ".memory", size(before.memoryBytes()), size(after.memoryBytes()), SHAPE);
        xen(key + ".xen", before.xen(), after.xen());
        same(key + ".dom0.vcpus", before.dom0().vcpus(), after.dom0().vcpus(), DOM0);
        same(
                key + ".dom0.memory",
                size(before.dom0().memoryBytes()),
                size(after.dom0().memoryBytes()),
                DOM0);
        same(key + ".dom0.pin", before.dom0().pin(), after.dom0().pin(), AT_START);
        cpuPools(key + ".cpu-pools", before.cpuPools(), after.cpuPools());
        if (refusals.isEmpty()) {
            refusals.addAll(BranchOfDomains.refusals(before, after));
        }
        if (refusals.isEmpty()) {
            refusals.addAll(BranchOfRecords.refusals(before, after));
        }
    }

    private void xen(String key, XenSpec before, XenSpec after) {
        same(key + ".version", before.version(), after.version(), XEN);
        same(key + ".bits", before.bits(), after.bits(), XEN);
        if (!after.fixes().containsAll(before.fixes())) {
            add(
                    key + ".fixes",
                    before.fixes() + " in the run, " + after.fixes()
                            + " here; a fix can be added while a host runs, not taken away");
        }
        same(key + ".scheduler", before.scheduler().word(), after.scheduler().word(), XEN);
        same(
                key + ".mechanisms",
                "without " + before.off(),
                "without " + after.off(),
                "what makes an outage is there from the" + " beginning of a run or is not");
        atStart(key + ".time-at-start", before.timeAtStartNs(), after.timeAtStartNs());
        atStart(key + ".accounting-phase", before.accountingPhaseNs(), after.accountingPhaseNs());
        if (!before.clock().equals(after.clock())) {
            add(key, "another clock source, or another TSC, here than in the run; " + XEN);
        }
        same(
                key + ".command-line",
                before.watchdog().isPresent() ? "watchdog" : "no watchdog",
                after.watchdog().isPresent() ? "watchdog" : "no watchdog",
                "Xen looks for it when it boots, though watchdog_timeout can change");
        if (before.watchdog().isPresent() && after.watchdog().isPresent()) {
            WatchdogSpec was = before.watchdog().get();
            WatchdogSpec is = after.watchdog().get();
            atStart(key + ".watchdog-phase", was.phaseNs(), is.phaseNs());
            atStart(key + ".nmi-phase", was.nmiPhaseNs(), is.nmiPhaseNs());
        }
    }

    private void atStart(String key, OptionalLong before, OptionalLong after) {
        same(key, orRandom(before), orRandom(after), AT_START);
    }

    private static String orRandom(OptionalLong ns) {
        return ns.isPresent() ? ns.getAsLong() + "ns" : "random";
    }

    private void cpuPools(String key, SortedMap<String, CpuPoolSpec> before, SortedMap<String, CpuPoolSpec> after) {
        if (!before.keySet().equals(after.keySet())) {
            add(
                    key,
                    before.keySet() + " in the run, " + after.keySet()
                            + " here; CPU pools cannot come or go while a host runs");
            return;
        }
        before.forEach((name, was) -> {
            CpuPoolSpec is = after.getOrDefault(name, was);
            same(key + "." + name + ".cpus", was.cpus(), is.cpus(), "pCPUs cannot change their pool while a host runs");
            same(
                    key + "." + name + ".scheduler",
                    was.scheduler().word(),
                    is.scheduler().word(),
                    XEN);
        });
    }

    private void same(String key, Object before, Object after, String why) {
        if (!before.equals(after)) {
            add(key, before + " in the run, " + after + " here; " + why);
        }
    }

    private void add(String key, String sentence) {
        refusals.add(key + ": " + sentence);
    }

    private static String size(long bytes) {
        return bytes % (1L << 20) == 0 ? (bytes >> 20) + "MiB" : bytes + "B";
    }
}
