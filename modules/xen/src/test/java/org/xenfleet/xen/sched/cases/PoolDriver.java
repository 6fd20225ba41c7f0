package org.xenfleet.xen.sched.cases;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.xenfleet.xen.sched.Affinity;
import org.xenfleet.xen.sched.Credit2Scheduler;
import org.xenfleet.xen.sched.CreditScheduler;
import org.xenfleet.xen.sched.PoolScheduler;
import org.xenfleet.xen.sched.VcpuTimes;

/**
 * Drives the scheduler of one pool through a scene in virtual time, without actors: ticks, slices, accounting, the
 * demands of the vCPUs, and pokes. Nothing costs time but what the scene says. Used once, by one thread.
 *
 * <p>At one instant come first pokes, then the accounting, ticks, wake-ups, bursts that end, and slices that end; of equals
 * the lowest pCPU or vCPU. As on a host, pCPU n's ticks stand n ns after the grid and its slices last n + 1 ns longer, so
 * that the tick is before the slice that ends with it.
 */
final class PoolDriver {
    /** How the scheduler is treated; what comes of it must be the same. */
    enum Manner {
        /** Every tick and slice end reaches it. */
        EVERY_TIMER,
        /** Ticks that do not matter only charge, slice ends that do not matter only charge and begin another. */
        QUIET_TIMERS,
        /** Half-way its state goes through a snapshot into a scheduler that is new. */
        CARRIED_OVER
    }

    private static final long NEVER = Long.MAX_VALUE;
    private static final int IDLE = PoolScheduler.IDLE;

    private final Scene scene;
    private final Manner manner;
    private final List<Scene.Vcpu> vcpus;
    private final Outcome outcome;
    private final int cpus;
    private PoolScheduler scheduler;
    private VcpuTimes times;

    private long now;
    private long accountingAt;
    private final long[] tickAt;
    private final long[] sliceAt;
    private final long[] pokeAt;
    /** By pCPU, when its vCPU will have had what it wants, and since when that counts. */
    private final long[] doneAt;

    private final long[] countedTo;
    private final long[] wakeAt;
    private final long[] left;

    PoolDriver(Scene scene, Manner manner) {
        this.scene = scene;
        this.manner = manner;
        this.vcpus = scene.vcpus();
        this.outcome = new Outcome(vcpus.size());
        this.cpus = scene.topology().cpus();
        this.times = new VcpuTimes(outcome, 0);
        this.scheduler = newScheduler();
        this.accountingAt = firstAccounting();
        this.tickAt = never(cpus);
        this.sliceAt = never(cpus);
        this.pokeAt = never(cpus);
        this.doneAt = never(cpus);
        this.countedTo = new long[cpus];
        this.wakeAt = vcpus.stream().mapToLong(Scene.Vcpu::first).toArray();
        this.left = vcpus.stream().mapToLong(v -> v.demand().busy()).toArray();
    }

    private long firstAccounting() {
        if (scheduler instanceof Credit2Scheduler credit2) {
            return credit2.nextReplenishment();
        }
        return scheduler instanceof CreditScheduler ? scene.accounting() : NEVER;
    }

    private static long[] never(int n) {
        long[] times = new long[n];
        Arrays.fill(times, NEVER);
        return times;
    }

    private PoolScheduler newScheduler() {
        PoolScheduler made = scene.policy().scheduler(scene, times);
        for (Scene.Domain domain : scene.domains()) {
            int number = made.addDomain(domain.weight(), domain.cap());
            for (Scene.Vcpu vcpu : domain.vcpus()) {
                BitSet hard = vcpu.hard().isEmpty() ? scene.pool() : vcpu.hard();
                Affinity affinity = new Affinity(hard, vcpu.soft().isEmpty() ? hard : vcpu.soft());
                made.unpause(made.addVcpu(number, vcpu.processor(), affinity), 0, vcpu.processor());
            }
        }
        return made;
    }

    /** Runs the scene to its end. */
    Outcome run() {
        boolean whole = manner != Manner.CARRIED_OVER;
        while (step()) {
            if (!whole && now >= scene.to() / 2) {
                whole = true;
                carryOver();
            }
        }
        for (int vcpu = 0; vcpu < vcpus.size(); vcpu++) {
            times.finish(vcpu, scheduler.processor(vcpu), scene.to());
        }
        return outcome;
    }

    private void carryOver() {
        Snapshot snapshot = new Snapshot();
        scheduler.fields(snapshot);
        times = new VcpuTimes(outcome, 0);
        scheduler = newScheduler();
        snapshot.rewind();
        scheduler.fields(snapshot);
    }

    /** Does what comes next, if that is before the end. */
    private boolean step() {
        int poke = first(pokeAt);
        int tick = first(tickAt);
        int wake = first(wakeAt);
        int done = first(doneAt);
        int slice = first(sliceAt);
        now = Math.min(
                accountingAt,
                Math.min(
                        Math.min(pokeAt[poke], tickAt[tick]),
                        Math.min(wakeAt[wake], Math.min(doneAt[done], sliceAt[slice]))));
        if (now >= scene.to()) {
            return false;
        }
        if (pokeAt[poke] == now) {
            pokeAt[poke] = NEVER;
            reschedule(poke);
        } else if (accountingAt == now) {
            account();
        } else if (tickAt[tick] == now) {
            tick(tick);
        } else if (wakeAt[wake] == now) {
            wakeAt[wake] = NEVER;
            scheduler.wake(wake, now, scheduler.processor(wake), -1);
        } else if (doneAt[done] == now) {
            finishBurst(done);
        } else {
            endSlice(slice);
        }
        takePokes();
        return true;
    }

    private static int first(long[] times) {
        int first = 0;
        for (int i = 1; i < times.length; i++) {
            if (times[i] < times[first]) {
                first = i;
            }
        }
        return first;
    }

    private void account() {
        if (scheduler instanceof Credit2Scheduler credit2) {
            credit2.replenish(now);
            accountingAt = credit2.nextReplenishment();
        } else {
            accountingAt += scene.parameters().tsliceNs();
            credit().account(now, scene.pool().nextSetBit(0));
        }
    }

    private CreditScheduler credit() {
        return (CreditScheduler) scheduler;
    }

    private void tick(int cpu) {
        tickAt[cpu] += scene.parameters().tickNs();
        if (manner == Manner.QUIET_TIMERS && !credit().tickMatters(cpu)) {
            credit().quietTick(cpu, now);
        } else {
            credit().tick(cpu, now);
        }
    }

    private void endSlice(int cpu) {
        if (manner != Manner.QUIET_TIMERS || !endsQuietly(cpu)) {
            reschedule(cpu);
        }
    }

    /** Whether the end of the slice does not matter, and has had its small effect. */
    private boolean endsQuietly(int cpu) {
        if (scheduler instanceof CreditScheduler credit && !credit.sliceMatters(cpu)) {
            credit.quietSliceEnd(cpu, now);
            sliceAt[cpu] = now + scene.parameters().tsliceNs() + cpu + 1;
            return true;
        }
        if (scheduler instanceof Credit2Scheduler credit2 && !credit2.sliceMatters(cpu)) {
            credit2.quietSliceEnd(cpu, now);
            sliceAt[cpu] = now + credit2.slice() + cpu + 1;
            return true;
        }
        return false;
    }

    /** The vCPU of a pCPU has had its burst: it goes to sleep or yields. */
    private void finishBurst(int cpu) {
        int vcpu = scheduler.current(cpu);
        Scene.Vcpu what = vcpus.get(vcpu);
        if (what.demand().sleeps()) {
            wakeAt[vcpu] = what.demand().nextWake(what.first(), now);
            scheduler.block(vcpu);
        } else {
            scheduler.yield(vcpu);
        }
        count(cpu, vcpu);
        left[vcpu] = what.demand().busy();
        reschedule(cpu);
    }

    private void count(int cpu, int vcpu) {
        if (vcpu != IDLE && left[vcpu] < Demand.FOREVER) {
            left[vcpu] -= now - countedTo[cpu];
        }
        countedTo[cpu] = now;
    }

    private void reschedule(int cpu) {
        int previous = scheduler.current(cpu);
        count(cpu, previous);
        int next = scheduler.schedule(cpu, now, 0, 0);
        if (next == IDLE) {
            tickAt[cpu] = NEVER;
            sliceAt[cpu] = NEVER;
            doneAt[cpu] = NEVER;
            return;
        }
        if (previous == IDLE && scheduler instanceof CreditScheduler) {
            long period = scene.parameters().tickNs();
            tickAt[cpu] = now + period - now % period + cpu;
        }
        sliceAt[cpu] = scheduler.slice() == NEVER ? NEVER : now + scheduler.slice() + cpu + 1;
        doneAt[cpu] = left[next] < Demand.FOREVER ? now + left[next] : NEVER;
    }

    private void takePokes() {
        if (!scheduler.hasPokes()) {
            return;
        }
        BitSet pokes = scheduler.takePokes();
        for (int cpu = pokes.nextSetBit(0); cpu >= 0; cpu = pokes.nextSetBit(cpu + 1)) {
            pokeAt[cpu] = Math.min(pokeAt[cpu], now + scene.latency());
        }
    }
}
