package org.xenfleet.host;

import java.util.Set;
import org.xenfleet.host.CpuState.Phase;
import org.xenfleet.host.CpuTimes.Mode;
import org.xenfleet.host.protocol.GuestExecution.ActivityEnded;
import org.xenfleet.host.protocol.GuestExecution.EnteredGuest;
import org.xenfleet.host.protocol.GuestExecution.LeftGuest;
import org.xenfleet.host.protocol.GuestExecution.VcpuRuns;
import org.xenfleet.host.protocol.GuestExecution.VcpuTimerExpired;
import org.xenfleet.host.protocol.HostControl.CalibrationDue;
import org.xenfleet.host.protocol.InputOutput.Notify;
import org.xenfleet.host.protocol.InputOutput.Upcall;
import org.xenfleet.host.protocol.Rendezvous.AdoptTimer;
import org.xenfleet.host.protocol.Rendezvous.DomainWatchdogExpired;
import org.xenfleet.host.protocol.Rendezvous.Quiescent;
import org.xenfleet.host.protocol.Scheduling.Account;
import org.xenfleet.host.protocol.Scheduling.Departure;
import org.xenfleet.host.protocol.Scheduling.Run;
import org.xenfleet.host.protocol.Scheduling.Schedule;
import org.xenfleet.host.protocol.Scheduling.Tick;
import org.xenfleet.host.protocol.Work;
import org.xenfleet.xen.Softirq;
import org.xenfleet.xen.XenTimers.Kind;
import org.xenfleet.xen.XenTimers.Timer;
import org.xenfleet.xen.time.SystemTime;

/**
 * How a pCPU gets out of Xen: softirqs are served when an interrupt hits a guest or the idle loop, and on the way back from
 * a hypercall or a fault, and nowhere else; then the guest goes on, or another. Used by one thread.
 *
 * <p>Source: xen-semantics section 2.3.
 */
final class ReturnPath {
    private final CpuState cpu;
    private final HostContext host;

    ReturnPath(CpuState cpu) {
        this.cpu = cpu;
        this.host = cpu.host;
    }

    /** From the handler of an accounting to when the next one is due. */
    private long accountingAgain() {
        return host.costs().creditAccounting()
                + host.plan().pools().get(cpu.pool).credit().tsliceNs();
    }

    /** A softirq has become pending while the pCPU is idle or in its guest; {@code remote}: by another pCPU. */
    void interrupt(boolean remote) {
        if (host.now() < cpu.resumesAt) {
            cpu.phase = Phase.PASS;
            cpu.endPhaseAt(cpu.resumesAt);
        } else if (cpu.phase == Phase.IDLE && remote) {
            cpu.phase = Phase.WAKING;
            cpu.times.stall(host.now());
            long awake = host.now() + host.costs().wakeIdleCpu();
            cpu.watchdog.servesFrom(awake);
            cpu.endPhaseAt(awake);
        } else {
            if (cpu.phase == Phase.GUEST) {
                leaveGuest();
            }
            serve();
        }
    }

    /** One pass over the pending softirqs, lowest first. */
    void serve() {
        cpu.times.serve(host.now());
        cpu.enter(Mode.XEN, host.now());
        int served = cpu.pending;
        cpu.pending = 0;
        boolean schedule = (served & Softirq.SCHEDULE.bit()) != 0;
        if ((served & Softirq.RCU.bit()) != 0) {
            host.tellHypervisor(new Quiescent(cpu.cpu));
        }
        if ((served & Softirq.TIMER.bit()) != 0) {
            schedule |= runTimers();
        }
        if (schedule) {
            reschedule(Departure.NONE);
        } else {
            resume(host.now() + host.costs().softirqPass());
        }
    }

    /** The TIMER softirq. Returns whether it raised SCHEDULE. */
    private boolean runTimers() {
        boolean schedule = false;
        for (Timer timer : cpu.timers.takeDue()) {
            schedule |= run(timer);
        }
        cpu.timers.serviced();
        return schedule;
    }

    /** On a tied pCPU, what is due of these kinds; only where their mechanisms are left out. */
    void runInInterrupt(Set<Kind> kinds) {
        for (Timer timer : cpu.timers.takeDueOf(kinds)) {
            run(timer);
        }
        cpu.timers.programFor(kinds);
    }

    /** The handler of a timer. Returns whether it raised SCHEDULE. */
    private boolean run(Timer timer) {
        switch (timer.kind()) {
            case TICK -> host.tellPool(cpu.pool, new Tick(cpu.cpu));
            case SLICE -> {
                return true;
            }
            case ACCOUNTING -> {
                host.tellPool(cpu.pool, new Account(cpu.cpu));
                cpu.timers.set(Kind.ACCOUNTING, 0, host.now() + accountingAgain());
            }
            case CALIBRATION -> {
                host.tellHypervisor(new CalibrationDue());
                keepTime();
            }
            case OVERFLOW -> keepTime();
            case WATCHDOG -> cpu.watchdog.beat();
            case VCPU -> host.tellDomainOf(timer.id(), new VcpuTimerExpired(timer.id(), cpu.cpu, timer.deadline()));
            case DOMAIN_WATCHDOG -> host.tellHypervisor(new DomainWatchdogExpired(timer.id()));
        }
        return false;
    }

    /** Both handlers of the clock that are due, in Xen's order. */
    private void keepTime() {
        SystemTime clock = cpu.clock;
        if (clock != null) {
            clock.serve(host.now());
        }
        setClockTimers();
    }

    /** On pCPU 0, the two timers by which Xen keeps its time. */
    void setClockTimers() {
        SystemTime clock = cpu.clock;
        if (clock != null) {
            cpu.timers.set(Kind.CALIBRATION, 0, clock.calibrationDue());
            cpu.timers.set(Kind.OVERFLOW, 0, clock.overflowDue());
        }
    }

    /** Hands the vCPU back to the pool, which answers with {@link Run}; that answers a pending SCHEDULE too. */
    private void reschedule(Departure why) {
        cpu.phase = Phase.SCHEDULING;
        cpu.pending &= ~Softirq.SCHEDULE.bit();
        host.tellPool(cpu.pool, new Schedule(cpu.cpu, cpu.work, why, !cpu.tasklets.isEmpty()));
    }

    void run(Run decision) {
        takeOver(decision);
        resume(decision.startsAt());
    }

    /** The idle vCPU runs, but not to idle. */
    void runTasklet(Run decision) {
        takeOver(decision);
    }

    private void takeOver(Run decision) {
        if (cpu.upcall && cpu.current != decision.vcpu()) {
            cpu.upcall = false;
            host.tellPool(cpu.pool, new Notify(cpu.current));
        }
        cpu.current = decision.vcpu();
        cpu.work = decision.work();
        cpu.timers.setSliceAndTick(decision.sliceAt(), decision.tickAt());
    }

    /** The guest's vCPU sleeps: its timer, if it is homed here, is set, and the pCPU reschedules at once. */
    void block(long timerAt, int home) {
        if (timerAt >= 0 && home >= 0 && home != cpu.cpu) {
            host.tellCpu(home, new AdoptTimer(Kind.VCPU.ordinal(), cpu.current, timerAt));
        } else if (timerAt >= 0) {
            cpu.timers.set(Kind.VCPU, cpu.current, timerAt);
        }
        leave(Departure.BLOCKED);
    }

    /** The guest's vCPU gives its pCPU away and asks again when it has it back. */
    void yield() {
        leave(Departure.YIELDED);
    }

    private void leave(Departure why) {
        cpu.work = Work.ASK;
        cpu.times.serve(host.now());
        cpu.enter(Mode.XEN, host.now());
        reschedule(why);
    }

    /** Xen is busy until {@code at}; then the guest or the idle loop goes on, unless something is pending by then. */
    private void resume(long at) {
        boolean idle = cpu.current == CpuState.NOBODY;
        cpu.resumesAt = at;
        cpu.watchdog.servesFrom(at);
        cpu.enter(idle ? Mode.IDLE : Mode.GUEST, at);
        if (!idle && cpu.hasWorkingSet()) {
            host.tellDomainOf(cpu.current, new EnteredGuest(cpu.current, cpu.cpu, at));
        }
        if (cpu.pending != 0) {
            cpu.phase = Phase.PASS;
            cpu.endPhaseAt(at);
        } else if (idle) {
            cpu.phase = Phase.IDLE;
            cpu.cancelPhaseEnd();
        } else {
            cpu.phase = Phase.GUEST;
            if (cpu.work == Work.ASK || cpu.upcall) {
                cpu.endPhaseAt(at);
            } else if (Work.hasEnd(cpu.work)) {
                cpu.endPhaseAt(at + cpu.work);
            } else {
                cpu.cancelPhaseEnd();
            }
        }
    }

    /** After a hypercall, a fault, or an answer of the Domain. */
    void returnToGuest() {
        if (cpu.pending != 0) {
            serve();
        } else {
            resume(host.now());
        }
    }

    /** The guest is interrupted, or traps, after its first instruction. */
    void leaveGuest() {
        cpu.cancelPhaseEnd();
        long executed = host.now() - cpu.resumesAt;
        if (Work.hasEnd(cpu.work)) {
            cpu.work -= executed;
        }
        if (cpu.hasWorkingSet()) {
            host.tellDomainOf(cpu.current, new LeftGuest(cpu.current, executed));
        }
    }

    /** The vCPU has come to the end of its activity, or to an instruction that only its Domain knows. */
    void askDomain() {
        boolean events = cpu.upcall && cpu.work != Work.ASK;
        cpu.upcall = false;
        if (events) {
            leaveGuest();
            cpu.phase = Phase.ASKING;
            host.tellDomainOf(cpu.current, new Upcall(cpu.current, cpu.cpu, cpu.work));
            return;
        }
        boolean starts = cpu.work == Work.ASK;
        leaveGuest();
        cpu.phase = Phase.ASKING;
        host.tellDomainOf(
                cpu.current, starts ? new VcpuRuns(cpu.current, cpu.cpu) : new ActivityEnded(cpu.current, cpu.cpu));
    }
}
