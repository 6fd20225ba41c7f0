package org.xenfleet.host;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xenfleet.host.plan.DomainPlan;
import org.xenfleet.host.plan.VcpuPlan;
import org.xenfleet.host.protocol.GuestExecution.ActivityEnded;
import org.xenfleet.host.protocol.GuestExecution.Block;
import org.xenfleet.host.protocol.GuestExecution.EnteredGuest;
import org.xenfleet.host.protocol.GuestExecution.FaultHandled;
import org.xenfleet.host.protocol.GuestExecution.LeftGuest;
import org.xenfleet.host.protocol.GuestExecution.LockForFault;
import org.xenfleet.host.protocol.GuestExecution.NextActivity;
import org.xenfleet.host.protocol.GuestExecution.VcpuRuns;
import org.xenfleet.host.protocol.GuestExecution.VcpuTimerExpired;
import org.xenfleet.host.protocol.GuestExecution.Yield;
import org.xenfleet.host.protocol.HostControl.DomainUnpaused;
import org.xenfleet.host.protocol.HostControl.Finish;
import org.xenfleet.host.protocol.HypercallPath.Admit;
import org.xenfleet.host.protocol.HypercallPath.Continuation;
import org.xenfleet.host.protocol.HypercallPath.FlushMask;
import org.xenfleet.host.protocol.HypercallPath.Hypercall;
import org.xenfleet.host.protocol.HypercallPath.HypercallReturned;
import org.xenfleet.host.protocol.HypercallPath.SliceEnded;
import org.xenfleet.host.protocol.HypercallPath.SliceOpen;
import org.xenfleet.host.protocol.Scheduling.Unpause;
import org.xenfleet.host.protocol.Scheduling.Wake;
import org.xenfleet.host.protocol.Work;
import org.xenfleet.host.workload.Next;
import org.xenfleet.host.workload.Program;
import org.xenfleet.host.workload.Programs;
import org.xenfleet.timeline.Message;
import org.xenfleet.timeline.ReceiveTable;
import org.xenfleet.xen.Fields;

/** A domain: what its vCPUs do, the calls they make, and its p2m, over which calls of others walk. */
final class Domain extends HostActor {

    /** An event comes from outside for a vCPU. */
    record Arrival(int vcpu) implements HostCommand {
        @Override
        public int kind() {
            return HostCommand.ARRIVAL;
        }

        @Override
        public int subject() {
            return vcpu;
        }
    }

    /** A vCPU touches a page that its access forbids. */
    record TouchDue(int vcpu) implements HostCommand {
        @Override
        public int kind() {
            return HostCommand.TOUCH_DUE;
        }

        @Override
        public int subject() {
            return vcpu;
        }
    }

    private static final int NO_WAKER = -1;
    private static final long NOT_DUE = -1;

    private final HostContext host;
    private final DomainPlan plan;
    private final int firstVcpu;
    private final Program[] programs;
    /** Of the vCPUs that have made calls. */
    private final @Nullable CallLedger[] calls;

    private final boolean[] asleep;
    private final P2mService p2m;
    private long unpausedAt = -1;

    static HostActor create(HostContext host, DomainPlan plan) {
        return new Domain(host, plan);
    }

    private Domain(HostContext host, DomainPlan plan) {
        this.host = host;
        this.plan = plan;
        this.firstVcpu = plan.vcpus().get(0).number();
        this.programs = plan.vcpus().stream()
                .map(v -> Programs.of(host.plan(), v, host.catalogue()))
                .toArray(Program[]::new);
        this.calls = new CallLedger[programs.length];
        this.asleep = new boolean[programs.length];
        this.p2m = new P2mService(host, plan);
    }

    private static final ReceiveTable<Domain> RECEIVE = ReceiveTable.<Domain>builder()
            .on(ActivityEnded.class, (domain, m) -> domain.onAsks(m.vcpu(), m.cpu()))
            .on(VcpuTimerExpired.class, Domain::onVcpuTimerExpired)
            .on(VcpuRuns.class, (domain, m) -> domain.onAsks(m.vcpu(), m.cpu()))
            .on(Arrival.class, Domain::onArrival)
            .on(Continuation.class, Domain::onContinuation)
            .on(HypercallReturned.class, Domain::onHypercallReturned)
            .on(Admit.class, Domain::onAdmit)
            .on(SliceEnded.class, Domain::onSliceEnded)
            .on(FlushMask.class, Domain::onFlushMask)
            .on(EnteredGuest.class, Domain::onEnteredGuest)
            .on(LeftGuest.class, Domain::onLeftGuest)
            .on(TouchDue.class, Domain::onTouchDue)
            .on(LockForFault.class, Domain::onLockForFault)
            .on(FaultHandled.class, Domain::onFaultHandled)
            .on(DomainUnpaused.class, Domain::onDomainUnpaused)
            .on(SliceOpen.class, Domain::onSliceOpen)
            .on(Finish.class, Domain::onFinish)
            .build();

    @Override
    protected boolean handle(Message message) {
        return RECEIVE.dispatch(this, message);
    }

    /** A vCPU is in its guest and asks what comes next: the rest of a cut-off call, or what its program says. */
    private void onAsks(int vcpu, int cpu) {
        int index = vcpu - firstVcpu;
        if (goesOnWithCall(vcpu, cpu)) {
            return;
        }
        Next next = programs[index].next(host.now());
        if (next instanceof Next.Compute compute) {
            host.tellCpu(cpu, new NextActivity(compute.ns()));
        } else if (next instanceof Next.Sleep sleep) {
            asleep[index] = true;
            host.tellCpu(cpu, new Block(sleep.timerAt()));
        } else if (next instanceof Next.Yield) {
            host.tellCpu(cpu, new Yield());
        } else if (next instanceof Next.Call call) {
            ledgerOf(vcpu).issue(call.operation(), call.request(), host.now());
            host.tellCpu(cpu, new Hypercall(vcpu, call.operation(), call.request()));
        }
    }

    /** Whether the vCPU's last call decides what it does next. */
    private boolean goesOnWithCall(int vcpu, int cpu) {
        CallLedger ledger = calls[vcpu - firstVcpu];
        if (ledger == null) {
            return false;
        }
        if (ledger.reissues()) {
            host.tellCpu(cpu, new Hypercall(vcpu, ledger.operation(), ledger.request()));
            return true;
        }
        if (ledger.loses()) {
            host.tellCpu(cpu, new NextActivity(Work.FOREVER));
            return true;
        }
        if (ledger.completes(host.now())) {
            host.observer()
                    .call(
                            plan.name(),
                            host.catalogue().at(ledger.operation()).name(),
                            ledger.issuedAt(),
                            host.now(),
                            ledger.result(),
                            ledger.request().first(),
                            ledger.request().nr());
        }
        return false;
    }

    private CallLedger ledgerOf(int vcpu) {
        CallLedger ledger = calls[vcpu - firstVcpu];
        if (ledger == null) {
            ledger = new CallLedger();
            calls[vcpu - firstVcpu] = ledger;
        }
        return ledger;
    }

    private void onVcpuTimerExpired(VcpuTimerExpired message) {
        wake(message.vcpu(), message.cpu(), message.deadline());
    }

    private void onArrival(Arrival message) {
        int index = message.vcpu() - firstVcpu;
        programs[index].arrived();
        wake(message.vcpu(), NO_WAKER, host.now());
        scheduleArrival(message.vcpu());
    }

    private void wake(int vcpu, int waker, long due) {
        int index = vcpu - firstVcpu;
        if (asleep[index]) {
            asleep[index] = false;
            host.tellPool(plan.pool(), new Wake(vcpu, Work.ASK, waker, due));
        }
    }

    private void scheduleArrival(int vcpu) {
        long at = programs[vcpu - firstVcpu].nextArrival(host.now());
        if (at != Program.NEVER) {
            host.island().schedule(at, host.plan().domainAddress(plan.domid()), new Arrival(vcpu));
        }
    }

    private void onContinuation(Continuation message) {
        ledgerOf(message.vcpu()).rewind(message.request(), message.pages(), message.sliceNs());
    }

    private void onHypercallReturned(HypercallReturned message) {
        ledgerOf(message.vcpu()).returns(message.result(), message.pages(), message.sliceNs());
    }

    private void onAdmit(Admit message) {
        p2m.admit(message);
    }

    private void onSliceEnded(SliceEnded message) {
        p2m.sliceEnded(message);
    }

    private void onFlushMask(FlushMask message) {
        p2m.flushMask(message.dirtyCpus());
    }

    private void onEnteredGuest(EnteredGuest message) {
        p2m.enteredGuest(message);
    }

    private void onLeftGuest(LeftGuest message) {
        p2m.leftGuest(message);
    }

    private void onTouchDue(TouchDue message) {
        p2m.touchDue(message.vcpu());
    }

    private void onLockForFault(LockForFault message) {
        p2m.lockForFault(message.cpu());
    }

    private void onFaultHandled(FaultHandled message) {
        p2m.faultHandled(message);
    }

    private void onDomainUnpaused(DomainUnpaused message) {
        unpausedAt = host.now();
        for (VcpuPlan vcpu : plan.vcpus()) {
            int index = vcpu.index();
            host.tellPool(plan.pool(), new Unpause(vcpu.number()));
            asleep[index] = true;
            if (programs[index].wakesAtBoot(host.now())) {
                wake(vcpu.number(), NO_WAKER, NOT_DUE);
            }
            scheduleArrival(vcpu.number());
        }
    }

    private void onSliceOpen(SliceOpen message) {
        ledgerOf(message.vcpu()).slice(message.pages(), message.sliceNs());
    }

    private void onFinish(Finish message) {
        host.report().domain(plan, unpausedAt);
        for (CallLedger ledger : calls) {
            if (ledger == null) {
                continue;
            }
            ledger.accounts().forEach((number, account) -> {
                boolean lost = ledger.isLost() && ledger.operation() == number;
                Optional<Long> lostAt = lost ? Optional.of(ledger.issuedAt()) : Optional.empty();
                host.report().calls(plan, host.catalogue().at(number).name(), account, lostAt);
            });
        }
    }

    @Override
    void fields(Fields f) {
        for (int i = 0; i < programs.length; i++) {
            programs[i].fields(f);
            if (f.at("has-called", calls[i] != null)) {
                ledgerOf(firstVcpu + i).fields(f);
            }
        }
        f.at("asleep", asleep);
        p2m.fields(f);
        unpausedAt = f.at("unpaused-at", unpausedAt);
    }
}
