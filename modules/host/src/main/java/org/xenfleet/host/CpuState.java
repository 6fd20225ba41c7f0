package org.xenfleet.host;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.xenfleet.host.protocol.Work;
import org.xenfleet.timeline.Message;
import org.xenfleet.timeline.Timeline;
import org.xenfleet.xen.Fields;
import org.xenfleet.xen.Softirq;
import org.xenfleet.xen.time.SystemTime;

/**
 * What a pCPU is doing: the state that its way through guests, hypercalls and softirqs shares. Times are ns. Used by one
 * thread.
 */
final class CpuState {
    /** What a pCPU is doing, and so what happens to a softirq that becomes pending. */
    enum Phase {
        /** In the idle loop; until {@code resumesAt} still on the way there. */
        IDLE,
        /** Poked while idle, not yet awake. */
        WAKING,
        /** Something became pending during a pass over the softirqs; the next pass follows at its end. */
        PASS,
        /** In its guest; until {@code resumesAt} still on the way there. */
        GUEST,
        /** The CpuPool decides, at this instant. */
        SCHEDULING,
        /** The Domain says what comes next, at this instant. */
        ASKING,
        /** From the trap to the first look at the arguments of a hypercall. */
        ENTRY,
        /** Hypervisor and target check the call, at this instant. */
        ADMITTING,
        /** Spinning for the target's p2m lock. */
        LOCKING,
        /** Trying for the domctl lock again and again, in and out of Xen: softirqs are served between two tries. */
        RETRYING,
        /** Spinning until vCPUs have left their pCPUs, or until all other pCPUs have stopped. */
        WAITING,
        /** The operation works. */
        SLICE,
        /** From the operation to the return path. */
        EXIT,
        /** A nested fault spins for the p2m lock. */
        FAULT_LOCKING,
        /** A nested fault is handled. */
        FAULT,
        /** The idle vCPU has a tasklet to run: on the way there, or at its work. */
        TASKLET,
        /** Spinning in a tasklet until told to go on. */
        FROZEN,
        /** Out of use. */
        OFFLINE
    }

    static final int NOBODY = -1;

    final HostContext host;
    final int cpu;
    final int pool;
    final CpuTimes times;
    final LocalTimers timers;
    final CpuWatchdog watchdog;
    /** Made when something first held the pCPU for long. */
    private @Nullable HoldLog holds;
    /** Of pCPU 0 only, which keeps the time of all. */
    final @Nullable SystemTime clock;

    private final Message phaseEnds;
    private Timeline.@Nullable Entry phaseEnd;

    Phase phase = Phase.IDLE;
    int current = NOBODY;
    /** What is left of the current vCPU's activity, as {@link Work} has it. */
    long work = Work.ASK;

    /** First instruction of the guest, or of the idle loop; may lie ahead while Xen still works. */
    long resumesAt;

    /** Softirqs that nobody serves yet. */
    int pending;

    /** The current vCPU has to look at its events before anything else. */
    boolean upcall;

    /** Tasklets that wait for the idle vCPU, by number; the first may be running. */
    List<Integer> tasklets = List.of();

    /**
     * {@code phaseEnds} is what the pCPU is told when a phase comes to its end, {@code interrupt} when its LAPIC fires,
     * {@code watchdogExpires} makes what it is told when its
     * watchdog's NMI panics.
     */
    CpuState(HostContext host, int cpu, Message phaseEnds, Message interrupt, IntFunction<Message> watchdogExpires) {
        this.host = host;
        this.cpu = cpu;
        this.pool = host.plan().poolOf(cpu).index();
        this.times = new CpuTimes(cpu, host.observer());
        this.timers = new LocalTimers(host, cpu, interrupt);
        this.watchdog = CpuWatchdog.of(host, cpu, timers, watchdogExpires);
        this.clock = cpu == 0 ? host.plan().systemTime() : null;
        this.phaseEnds = phaseEnds;
    }

    /** Something held the pCPU in Xen, see {@link HoldLog.Hold}; it is remembered if it lasted. */
    void hold(long start, long end, HoldLog.What what, int vcpu, int operation, int domid, int forCpu) {
        if (end - start >= host.notableNs()) {
            holdLog().add(start, end, what, vcpu, operation, domid, forCpu);
        }
    }

    List<HoldLog.Hold> holds() {
        return holds == null ? List.of() : holds.all();
    }

    private HoldLog holdLog() {
        if (holds == null) {
            holds = new HoldLog(cpu, host.notableNs());
        }
        return holds;
    }

    /** From {@code at} on the pCPU is busy with {@code mode}. */
    void enter(CpuTimes.Mode mode, long at) {
        times.enter(mode, at);
        watchdog.enter(mode == CpuTimes.Mode.IDLE, at);
    }

    void endPhaseAt(long at) {
        cancelPhaseEnd();
        phaseEnd = host.island().schedule(at, host.plan().cpuAddress(cpu), phaseEnds);
        timerWaits();
    }

    /** If TIMER is pending, it waits for the end of the phase. */
    void timerWaits() {
        if ((pending & Softirq.TIMER.bit()) != 0) {
            watchdog.waits(phaseEnd == null ? Long.MAX_VALUE : phaseEnd.time());
        }
    }

    void cancelPhaseEnd() {
        if (phaseEnd != null) {
            host.island().cancel(phaseEnd);
            phaseEnd = null;
        }
    }

    /** The end that was scheduled has come. */
    void phaseHasEnded() {
        phaseEnd = null;
    }

    boolean hasWorkingSet() {
        return host.plan().domainOf(current).workingSet().isPresent();
    }

    /** Computing without end comes to an end if the vCPU is to do something else; one with an end is finished. */
    void changeTo(PlanChange change) {
        watchdog.changeTo(change);
        timerWaits();
        if (current != NOBODY && work == Work.FOREVER && change.changesWork(current)) {
            work = 0;
            if (phase == Phase.GUEST && !upcall) {
                long end = Math.max(host.now(), resumesAt);
                work = end - resumesAt;
                endPhaseAt(end);
            }
        }
    }

    void fields(Fields f) {
        int visited = f.at("phase", phase.ordinal());
        if (f.reading()) {
            phase = Phase.values()[visited];
        }
        current = f.at("current", current);
        work = f.at("work", work);
        resumesAt = f.at("resumes-at", resumesAt);
        pending = f.at("pending", pending);
        upcall = f.at("upcall", upcall);
        int n = f.at("tasklets", tasklets.size());
        if (n > 0 || !tasklets.isEmpty()) {
            List<Integer> tasks = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                tasks.add(f.at("tasklet", i < tasklets.size() ? tasklets.get(i) : 0));
            }
            tasklets = tasks;
        }
        phaseEnd = HostActor.entry(f, "phase-end", phaseEnd, host.island());
        timers.fields(f);
        times.fields(f);
        watchdog.fields(f);
        if (f.at("was-held", holds != null)) {
            holdLog().fields(f);
        }
        if (clock != null) {
            clock.fields(f);
        }
    }
}
