package org.xenfleet.host;

import java.util.ArrayList;
import org.xenfleet.host.CpuState.Phase;
import org.xenfleet.host.CpuTimes.Mode;
import org.xenfleet.host.HoldLog.What;
import org.xenfleet.host.protocol.HostControl.Panic;
import org.xenfleet.host.protocol.HostControl.Stuck;
import org.xenfleet.host.protocol.Rendezvous;
import org.xenfleet.host.protocol.Rendezvous.AdoptTimer;
import org.xenfleet.host.protocol.Rendezvous.TaskletEnded;
import org.xenfleet.host.protocol.Rendezvous.TaskletRuns;
import org.xenfleet.xen.Fields;
import org.xenfleet.xen.Softirq;
import org.xenfleet.xen.XenTimers.Kind;
import org.xenfleet.xen.XenTimers.Timer;

/**
 * What a pCPU's idle vCPU does when it has tasklets: one after the other, and while one works or spins no softirq is
 * served. Used by one thread.
 *
 * <p>Source: xen-semantics section 5, M13 and M14.
 */
final class TaskletPath {
    private static final int NOBODY = -1;
    private static final long NO_TIME = -1;

    private final CpuState cpu;
    private final HostContext host;
    private final ReturnPath returnPath;

    private boolean working;
    private long frozenSince;
    private int frozenFor = NOBODY;

    TaskletPath(CpuState cpu, ReturnPath returnPath) {
        this.cpu = cpu;
        this.host = cpu.host;
        this.returnPath = returnPath;
    }

    /** More work for the idle vCPU, which the scheduler will choose when this pCPU schedules. */
    void add(int task) {
        if (cpu.tasklets.isEmpty()) {
            cpu.tasklets = new ArrayList<>(1);
        }
        cpu.tasklets.add(task);
    }

    /** The idle vCPU runs, from {@code at} on, and has a tasklet. */
    void begin(long at) {
        cpu.phase = Phase.TASKLET;
        cpu.resumesAt = at;
        working = false;
        cpu.watchdog.tied();
        cpu.enter(Mode.XEN, host.now());
        cpu.endPhaseAt(at + host.costs().tasklet());
    }

    /** On the way to the tasklet, or at its work, it has come to the end. */
    void phaseEnded() {
        int task = cpu.tasklets.get(0);
        if (!working) {
            working = true;
            host.tellHypervisor(new TaskletRuns(cpu.cpu, task));
        } else {
            cpu.tasklets.remove(0);
            host.tellHypervisor(new TaskletEnded(cpu.cpu, task));
            next();
        }
    }

    private void next() {
        if (cpu.tasklets.isEmpty()) {
            cpu.pending |= Softirq.SCHEDULE.bit();
            returnPath.serve();
        } else {
            begin(host.now());
        }
    }

    void busyUntil(long until) {
        if (cpu.phase == Phase.FROZEN) {
            melt(cpu.tasklets.get(0) == Rendezvous.STOP ? What.STOPPED : What.STOP_MACHINE, frozenFor);
        }
        cpu.endPhaseAt(until);
    }

    void freeze(int forCpu) {
        cpu.phase = Phase.FROZEN;
        frozenSince = host.now();
        frozenFor = forCpu;
        cpu.enter(Mode.SPIN, host.now());
        cpu.cancelPhaseEnd();
        cpu.timerWaits();
    }

    void thaw(long at, int lastCpu) {
        melt(cpu.tasklets.get(0) == Rendezvous.STOP ? What.STOPPED : What.STOP_MACHINE, lastCpu);
        cpu.endPhaseAt(at);
    }

    private void melt(What what, int forCpu) {
        cpu.hold(frozenSince, host.now(), what, NOBODY, NOBODY, NOBODY, forCpu);
        cpu.phase = Phase.TASKLET;
        cpu.enter(Mode.XEN, host.now());
    }

    /** The pCPU goes out of use: its timers go to pCPU 0, and it never does anything again. */
    void off() {
        melt(What.STOPPED, frozenFor);
        cpu.cancelPhaseEnd();
        cpu.tasklets.clear();
        cpu.times.serve(host.now());
        cpu.pending = 0;
        for (Timer timer : cpu.timers.all()) {
            if (timer.kind() == Kind.VCPU) {
                host.tellCpu(0, new AdoptTimer(timer.kind().ordinal(), timer.id(), timer.deadline()));
            }
            cpu.timers.set(timer.kind(), timer.id(), NO_TIME);
        }
        cpu.phase = Phase.OFFLINE;
        cpu.enter(Mode.IDLE, host.now());
        cpu.watchdog.off();
    }

    Panic panic() {
        boolean stops = cpu.phase == Phase.FROZEN && cpu.tasklets.get(0) != Rendezvous.STOP;
        Stuck stuck = cpu.phase != Phase.FROZEN ? Stuck.SOFTIRQS : stops ? Stuck.STOPS_OTHERS : Stuck.STOPPED;
        return new Panic(cpu.cpu, stuck, NOBODY, 0, 0, cpu.watchdog.tiedSince());
    }

    /** The run, or the host, is over at {@code end}. */
    void finish(long end) {
        if (cpu.phase == Phase.FROZEN) {
            What what = cpu.tasklets.get(0) == Rendezvous.STOP ? What.STOPPED : What.STOP_MACHINE;
            cpu.hold(frozenSince, end, what, NOBODY, NOBODY, NOBODY, frozenFor);
        }
    }

    void fields(Fields f) {
        working = f.at("tasklet-works", working);
        frozenSince = f.at("frozen-since", frozenSince);
        frozenFor = f.at("frozen-for", frozenFor);
    }
}
