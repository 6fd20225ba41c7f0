package org.xenfleet.host;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.xenfleet.host.plan.DomainPlan;
import org.xenfleet.host.plan.PoolPlan;
import org.xenfleet.host.plan.VcpuPlan;
import org.xenfleet.host.protocol.HypercallPath.CallWaits;
import org.xenfleet.host.protocol.HypercallPath.Wait;
import org.xenfleet.host.protocol.InputOutput.Kick;
import org.xenfleet.host.protocol.Scheduling.DomainOffCpus;
import org.xenfleet.host.protocol.Scheduling.PauseVcpus;
import org.xenfleet.host.protocol.Scheduling.RaceOver;
import org.xenfleet.host.protocol.Scheduling.WatchRace;
import org.xenfleet.xen.Fields;
import org.xenfleet.xen.Mechanism;
import org.xenfleet.xen.sched.PoolScheduler;

/**
 * What others ask of a pool's scheduler: to pause a domain, and to say when its vCPUs have left their pCPUs; to pin it; to
 * tell a vCPU of an event. Used by one thread.
 *
 * <p>Source: xen-semantics section 5, M10 (vcpu_sleep_sync of every vCPU, one after the other).
 */
final class PoolRequests {
    /** A call that waits until no vCPU of a domain is on a pCPU. */
    private record Pauser(int domid, int callerCpu) {}

    /** A call on a pCPU that goes on for as long as others run. */
    private record Race(int cpu, int vcpu, boolean deviceModel) {}

    /** Where the number of races stands in the one of pausers: most hosts never have one. */
    private static final int RACES = 16;

    private static final int NOBODY = -1;

    private final HostContext host;
    private final PoolScheduler scheduler;
    private final int[] here;
    private final int[] domainHere;
    private final List<Pauser> pausers = new ArrayList<>(1);
    private List<Race> races = List.of();
    /** vCPUs that have to look at their events when they run again, by their number in the pool. */
    private final BitSet notices = new BitSet();

    private final int vcpus;
    /** pCPUs off which queued vCPUs are taken; only where that is asked for. */
    private final BitSet tied = new BitSet();

    private final int cpus;

    /** Shares {@code here} and {@code domainHere}, the numbers of vCPUs and domains in the pool by those on the host. */
    PoolRequests(HostContext host, PoolPlan pool, PoolScheduler scheduler, int[] here, int[] domainHere) {
        this.host = host;
        this.scheduler = scheduler;
        this.here = here;
        this.domainHere = domainHere;
        this.cpus = host.plan().topology().cpus();
        this.vcpus = Math.toIntExact(host.plan().vcpus().stream()
                .filter(v -> host.plan().domainOf(v.number()).pool() == pool.index())
                .count());
    }

    void pause(PauseVcpus message) {
        for (VcpuPlan vcpu : domain(message.domid()).vcpus()) {
            scheduler.pause(here[vcpu.number()], host.now());
        }
        int running = runsOn(message.domid());
        Pauser pauser = new Pauser(message.domid(), message.callerCpu());
        if (message.sync() && running != NOBODY) {
            pausers.add(pauser);
            host.tellCpu(message.callerCpu(), new CallWaits(Wait.PAUSE, running));
        } else {
            isOff(pauser);
        }
    }

    /** A pCPU on which a vCPU of the domain still is, or -1. */
    private int runsOn(int domid) {
        for (VcpuPlan vcpu : domain(domid).vcpus()) {
            if (scheduler.isOnCpu(here[vcpu.number()])) {
                return scheduler.processor(here[vcpu.number()]);
            }
        }
        return NOBODY;
    }

    private void isOff(Pauser pauser) {
        scheduler.sync(domainHere[pauser.domid()]);
        host.tellHypervisor(new DomainOffCpus(pauser.domid(), pauser.callerCpu()));
    }

    /** From now on the pCPU is told when nobody runs any more who keeps its call going; at once where nobody does. */
    void watchRace(WatchRace message) {
        Race race = new Race(message.cpu(), message.vcpu(), message.deviceModel());
        if (isOver(race)) {
            host.tellCpu(race.cpu(), new RaceOver());
        } else {
            races = new ArrayList<>(races);
            races.add(race);
        }
    }

    /** The call on the pCPU does not work any more. */
    void endRace(int cpu) {
        races = races.stream().filter(r -> r.cpu() != cpu).toList();
    }

    private boolean isOver(Race race) {
        DomainPlan caller = host.plan().domainOf(race.vcpu());
        return race.deviceModel()
                ? caller.deviceModelVcpu() < 0 || !runs(caller.deviceModelVcpu())
                : caller.vcpus().stream().noneMatch(v -> v.number() != race.vcpu() && runs(v.number()));
    }

    private boolean runs(int vcpu) {
        return here[vcpu] >= 0 && scheduler.isOnCpu(here[vcpu]);
    }

    /** A pCPU has scheduled: perhaps those that somebody waits for have left. */
    void leftCpu(int cpu) {
        tied.clear(cpu);
        for (Race race : races) {
            if (isOver(race)) {
                endRace(race.cpu());
                host.tellCpu(race.cpu(), new RaceOver());
            }
        }
        for (int i = 0; i < pausers.size(); i++) {
            Pauser pauser = pausers.get(i);
            if (runsOn(pauser.domid()) == NOBODY) {
                pausers.remove(i--);
                isOff(pauser);
            }
        }
    }

    void unpause(int domid) {
        for (VcpuPlan vcpu : domain(domid).vcpus()) {
            int number = here[vcpu.number()];
            scheduler.unpause(number, host.now(), scheduler.processor(number));
            queuedOn(scheduler.waitsFor(number));
        }
    }

    /** Pins a domain to those of the pCPUs that are in use in its pool; if none is, nothing changes. */
    void pin(int domid, BitSet mask) {
        BitSet allowed = (BitSet) mask.clone();
        allowed.and(scheduler.online());
        if (!allowed.isEmpty()) {
            for (VcpuPlan vcpu : domain(domid).vcpus()) {
                scheduler.setAffinity(here[vcpu.number()], allowed, host.now());
            }
        }
    }

    /** An event for a vCPU that is not asleep: at once where it runs, else when it does. */
    void notice(int vcpu, int onHost) {
        int cpu = scheduler.processor(vcpu);
        if (scheduler.current(cpu) == vcpu) {
            host.tellCpu(cpu, new Kick(onHost));
        } else {
            notices.set(vcpu);
        }
    }

    /** Whether a vCPU that runs now has to look at its events first. */
    boolean takeNotice(int vcpu) {
        boolean noticed = notices.get(vcpu);
        notices.clear(vcpu);
        return noticed;
    }

    /** A pCPU is tied, and what is queued there goes elsewhere, now and until it schedules. */
    void evacuate(int cpu) {
        tied.set(cpu);
        scheduler.evacuate(cpu, !host.plan().has(Mechanism.M2), !host.plan().has(Mechanism.M3), host.now());
    }

    /** A vCPU may have been queued on a pCPU. */
    void queuedOn(int cpu) {
        if (tied.get(cpu)) {
            evacuate(cpu);
        }
    }

    private DomainPlan domain(int domid) {
        return host.plan().domains().get(domid);
    }

    void fields(Fields f) {
        int counts = f.at("pausers", pausers.size() + (races.size() << RACES));
        int n = counts & (1 << RACES) - 1;
        List<Pauser> old = List.copyOf(pausers);
        pausers.clear();
        for (int i = 0; i < n; i++) {
            Pauser p = i < old.size() ? old.get(i) : new Pauser(0, 0);
            pausers.add(new Pauser(f.at("paused-domid", p.domid()), f.at("pauser-cpu", p.callerCpu())));
        }
        List<Race> oldRaces = races;
        List<Race> visited = new ArrayList<>();
        for (int i = 0; i < counts >> RACES; i++) {
            Race r = i < oldRaces.size() ? oldRaces.get(i) : new Race(0, 0, false);
            visited.add(new Race(
                    f.at("race-cpu", r.cpu()),
                    f.at("race-vcpu", r.vcpu()),
                    f.at("race-device-model", r.deviceModel())));
        }
        races = visited;
        for (int vcpu = 0; vcpu < vcpus; vcpu++) {
            notices.set(vcpu, f.at("notice", notices.get(vcpu)));
        }
        if (host.plan().evacuates()) {
            for (int cpu = 0; cpu < cpus; cpu++) {
                tied.set(cpu, f.at("evacuated", tied.get(cpu)));
            }
        }
    }
}
