package org.xenfleet.host;

import java.util.List;
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
import org.xenfleet.host.protocol.HostControl.DomainStops;
import org.xenfleet.host.protocol.HostControl.DomainUnpaused;
import org.xenfleet.host.protocol.HostControl.Finish;
import org.xenfleet.host.protocol.HypercallPath.Admit;
import org.xenfleet.host.protocol.HypercallPath.Continuation;
import org.xenfleet.host.protocol.HypercallPath.FlushMask;
import org.xenfleet.host.protocol.HypercallPath.Hypercall;
import org.xenfleet.host.protocol.HypercallPath.HypercallReturned;
import org.xenfleet.host.protocol.HypercallPath.Retried;
import org.xenfleet.host.protocol.HypercallPath.SliceEnded;
import org.xenfleet.host.protocol.HypercallPath.SliceOpen;
import org.xenfleet.host.protocol.InputOutput.IoDone;
import org.xenfleet.host.protocol.InputOutput.IoRequest;
import org.xenfleet.host.protocol.InputOutput.Notify;
import org.xenfleet.host.protocol.InputOutput.Upcall;
import org.xenfleet.host.protocol.PoolChannel.HostDown;
import org.xenfleet.host.protocol.PoolChannel.MessageArrives;
import org.xenfleet.host.protocol.Scheduling.Unpause;
import org.xenfleet.host.protocol.Scheduling.Wake;
import org.xenfleet.host.protocol.Work;
import org.xenfleet.host.workload.Next;
import org.xenfleet.host.workload.Program;
import org.xenfleet.host.workload.Programs;
import org.xenfleet.timeline.Message;
import org.xenfleet.timeline.ReceiveTable;
import org.xenfleet.xen.Fields;
import org.xenfleet.xen.Mechanism;

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

    /** Those who have spun for the domain's p2m lock notice that it is free. */
    record LockGap(int domid) implements HostCommand {
        @Override
        public int kind() {
            return HostCommand.LOCK_GAP;
        }

        @Override
        public int subject() {
            return domid;
        }
    }

    /** A guest has a request for the back-end of this domain. */
    record FrontendAsks(int guest) implements HostCommand {
        @Override
        public int kind() {
            return HostCommand.FRONTEND_ASKS;
        }

        @Override
        public int subject() {
            return guest;
        }
    }

    /** From this instant on a vCPU does something else. */
    record WorkloadChanges(int vcpu) implements HostCommand {
        @Override
        public int kind() {
            return HostCommand.WORKLOAD_CHANGES;
        }

        @Override
        public int subject() {
            return vcpu;
        }
    }

    private static final int NO_WAKER = -1;
    private static final int HERE = -1;
    private static final long NO_TIMER = -1;
    private static final long NOT_DUE = -1;

    private final HostContext host;
    private final DomainPlan plan;
    private final int firstVcpu;
    private final Program[] programs;
    private final VcpuCalls calls;
    private final boolean[] asleep;
    private final P2mService p2m;
    /** Made when it first has to stand behind a device: most domains never do. */
    private @Nullable DeviceBackend devices;
    /** Made when a vCPU first waits for its device model. */
    private @Nullable IoWaits ioWaits;

    /** Of dom0, where hosts of the pool meet. */
    private final @Nullable HeartbeatAgent agent;

    private boolean stopped;
    private long unpausedAt = -1;

    static HostActor create(HostContext host, DomainPlan plan, @Nullable HeartbeatAgent agent) {
        return new Domain(host, plan, agent);
    }

    private Domain(HostContext host, DomainPlan plan, @Nullable HeartbeatAgent agent) {
        this.host = host;
        this.plan = plan;
        this.agent = agent;
        this.firstVcpu = plan.vcpus().get(0).number();
        this.programs = plan.vcpus().stream()
                .map(v -> Programs.of(host.plan(), v, host.catalogue()))
                .toArray(Program[]::new);
        this.calls = new VcpuCalls(host, plan);
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
            .on(IoRequest.class, Domain::onIoRequest)
            .on(IoDone.class, Domain::onIoDone)
            .on(Upcall.class, Domain::onUpcall)
            .on(FrontendAsks.class, Domain::onFrontendAsks)
            .on(LockGap.class, Domain::onLockGap)
            .on(Retried.class, Domain::onRetried)
            .on(DomainStops.class, Domain::onDomainStops)
            .on(SliceOpen.class, Domain::onSliceOpen)
            .on(MessageArrives.class, Domain::onMessageArrives)
            .on(HostDown.class, Domain::onHostDown)
            .on(WorkloadChanges.class, Domain::onWorkloadChanges)
            .on(Finish.class, Domain::onFinish)
            .build();

    @Override
    protected boolean handle(Message message) {
        return RECEIVE.dispatch(this, message);
    }

    /** A vCPU is in its guest and asks what comes next: the rest of a cut-off call, or what its program says. */
    private void onAsks(int vcpu, int cpu) {
        int index = vcpu - firstVcpu;
        if (devices != null && goesOnWithDevices(devices, vcpu, cpu)) {
            return;
        }
        HeartbeatAgent here = agentOn(vcpu);
        Optional<Next> ofAgent = here == null ? Optional.empty() : here.next();
        if (ofAgent.isPresent()) {
            answer(vcpu, cpu, ofAgent.get(), false);
            return;
        }
        if (!calls.goesOn(vcpu, cpu)) {
            answer(vcpu, cpu, programs[index].next(host.now()), false);
        }
    }

    /** Whether the devices behind which a vCPU stands decide what it does next. */
    private boolean goesOnWithDevices(DeviceBackend behind, int vcpu, int cpu) {
        Optional<CallLedger> inCall = behind.inCall(vcpu);
        if (inCall.isPresent() && calls.goesOn(vcpu, cpu, inCall.get())) {
            return true;
        }
        Optional<Next> next = behind.next(vcpu, cpu);
        next.ifPresent(n -> answer(vcpu, cpu, n, true));
        return next.isPresent();
    }

    /** The agent, if it runs on that vCPU. */
    private @Nullable HeartbeatAgent agentOn(int vcpu) {
        return agent != null && agent.runsOn(vcpu) ? agent : null;
    }

    private DeviceBackend devices() {
        if (devices == null) {
            devices = new DeviceBackend(host, plan);
        }
        return devices;
    }

    private void answer(int vcpu, int cpu, Next next, boolean issued) {
        HeartbeatAgent here = agentOn(vcpu);
        if (here != null) {
            here.setTimer(cpu, next, plan.vcpus().get(vcpu - firstVcpu).processor());
        }
        if (next instanceof Next.Compute compute) {
            host.tellCpu(cpu, new NextActivity(compute.ns()));
        } else if (next instanceof Next.Sleep sleep) {
            asleep[vcpu - firstVcpu] = true;
            host.tellCpu(
                    cpu,
                    new Block(
                            here == null ? sleep.timerAt() : NO_TIMER,
                            sleep.polls() ? plan.vcpus().get(vcpu - firstVcpu).processor() : HERE));
        } else if (next instanceof Next.Yield) {
            host.tellCpu(cpu, new Yield());
        } else if (next instanceof Next.Call call) {
            if (!issued) {
                calls.issue(vcpu, call);
            }
            host.tellCpu(cpu, new Hypercall(vcpu, call.operation(), call.request()));
        } else if (next instanceof Next.EmulatedIo io) {
            askDeviceModel(vcpu, cpu, io.serviceNs());
        }
    }

    /** The vCPU does not run until its device model has answered; where nobody waits for that, at once. */
    private void askDeviceModel(int vcpu, int cpu, long serviceNs) {
        if (!host.plan().has(Mechanism.M18)) {
            onAsks(vcpu, cpu);
            return;
        }
        ioWaits().begins(vcpu);
        host.tellDomainOf(plan.deviceModelVcpu(), new IoRequest(vcpu, plan.deviceModelVcpu(), serviceNs));
        host.tellCpu(cpu, new Block(-1, HERE));
    }

    private IoWaits ioWaits() {
        if (ioWaits == null) {
            ioWaits = new IoWaits(host, plan);
        }
        return ioWaits;
    }

    private void onIoRequest(IoRequest message) {
        if (!stopped) {
            devices().request(message);
            notifyOf(message.serverVcpu());
        }
    }

    /** A request waits for a vCPU: wakes it, or interrupts what it does. */
    private void notifyOf(int vcpu) {
        if (asleep[vcpu - firstVcpu]) {
            wake(vcpu, NO_WAKER, host.now());
        } else if (!devices().isServing(vcpu)) {
            host.tellPool(plan.pool(), new Notify(vcpu));
        }
    }

    private void onIoDone(IoDone message) {
        ioWaits().ends(message);
        host.tellPool(plan.pool(), new Wake(message.vcpu(), Work.ASK, message.cpu(), NOT_DUE));
    }

    private void onUpcall(Upcall message) {
        HeartbeatAgent here = agentOn(message.vcpu());
        if (here != null) {
            here.interrupt(message.work());
        } else {
            devices().interrupt(message.vcpu(), message.work());
        }
        onAsks(message.vcpu(), message.cpu());
    }

    private void onFrontendAsks(FrontendAsks message) {
        int server = devices().frontendAsks(message.guest());
        if (server >= 0) {
            notifyOf(server);
        }
    }

    private void onLockGap(LockGap message) {
        p2m.gapNoticed();
    }

    private void onRetried(Retried message) {
        inXen(message.vcpu()).retried(message.times(), message.rewound());
    }

    /** The ledger whose call is in Xen. */
    private CallLedger inXen(int vcpu) {
        return devices == null
                ? calls.of(vcpu)
                : devices.inCall(vcpu).filter(CallLedger::isInXen).orElseGet(() -> calls.of(vcpu));
    }

    private void onDomainStops(DomainStops message) {
        if (message.domid() == plan.domid()) {
            stopped = true;
            if (agent != null) {
                agent.stop();
            }
        }
        if (devices != null) {
            devices.stopped(message.domid());
        }
    }

    private void onVcpuTimerExpired(VcpuTimerExpired message) {
        HeartbeatAgent here = agentOn(message.vcpu());
        if (here != null && !here.timerFires(message.deadline())) {
            return;
        }
        if (here != null && here.isDue() && !asleep[message.vcpu() - firstVcpu]) {
            interruptFor(message.vcpu());
        }
        wake(message.vcpu(), message.cpu(), message.deadline());
    }

    /** The agent is due while its vCPU does something else; the handlers of devices come first. */
    private void interruptFor(int vcpu) {
        if (devices == null || !devices.isServing(vcpu)) {
            host.tellPool(plan.pool(), new Notify(vcpu));
        }
    }

    private void onMessageArrives(MessageArrives message) {
        if (agent != null) {
            agent.arrives(message.sender());
        }
    }

    private void onHostDown(HostDown message) {
        if (agent != null) {
            agent.stop();
        }
    }

    private void onArrival(Arrival message) {
        int index = message.vcpu() - firstVcpu;
        if (stopped) {
            return;
        }
        programs[index].arrived();
        wake(message.vcpu(), NO_WAKER, host.now());
        scheduleArrival(message.vcpu());
    }

    private void wake(int vcpu, int waker, long due) {
        int index = vcpu - firstVcpu;
        if (asleep[index]) {
            asleep[index] = false;
            host.tellPool(plan.pool(), new Wake(vcpu, workOf(vcpu), waker, due));
        }
    }

    /** What a woken vCPU begins with; it asks when it runs if anybody but its program may have something for it by then. */
    private long workOf(int vcpu) {
        int index = vcpu - firstVcpu;
        boolean programDecides = devices == null && !calls.hasCalled(vcpu) && agentOn(vcpu) == null;
        return programDecides ? programs[index].wokenFor(host.now()) : Work.ASK;
    }

    private void scheduleArrival(int vcpu) {
        long at = programs[vcpu - firstVcpu].nextArrival(host.now());
        if (at != Program.NEVER) {
            host.island().schedule(at, host.plan().domainAddress(plan.domid()), new Arrival(vcpu));
        }
    }

    private void onContinuation(Continuation message) {
        inXen(message.vcpu()).rewind(message.request(), message.pages(), message.sliceNs());
    }

    private void onHypercallReturned(HypercallReturned message) {
        inXen(message.vcpu()).returns(message.result(), message.pages(), message.sliceNs());
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

    /** It runs for the first time, unless it has been destroyed before it ever did. */
    private void onDomainUnpaused(DomainUnpaused message) {
        unpausedAt = stopped ? unpausedAt : host.now();
        for (VcpuPlan vcpu : plan.vcpus()) {
            host.tellPool(plan.pool(), new Unpause(vcpu.number()));
            if (!stopped) {
                begin(vcpu);
            }
        }
        if (!stopped) {
            if (plan.backend().isPresent()) {
                devices().begin();
            }
        }
    }

    private void begin(VcpuPlan vcpu) {
        int index = vcpu.index();
        asleep[index] = true;
        if (programs[index].wakesAtBoot(host.now()) || agentOn(vcpu.number()) != null) {
            wake(vcpu.number(), NO_WAKER, NOT_DUE);
        }
        scheduleArrival(vcpu.number());
    }

    private void onSliceOpen(SliceOpen message) {
        inXen(message.vcpu()).slice(message.pages(), message.sliceNs());
    }

    /** A vCPU that sleeps would not notice before it wakes; the others ask when they have finished what they do. */
    private void onWorkloadChanges(WorkloadChanges message) {
        if (!stopped) {
            wake(message.vcpu(), NO_WAKER, NOT_DUE);
        }
    }

    private void onFinish(Finish message) {
        host.report().domain(plan, unpausedAt);
        if (agent != null) {
            agent.finish(message.at());
        }
        if (ioWaits != null && !stopped) {
            ioWaits.finish(message.at());
        }
        if (devices != null) {
            devices.finish(message.at());
        }
        calls.report(devices == null ? List.of() : devices.ledgers());
    }

    @Override
    void changeTo(PlanChange change) {
        for (VcpuPlan vcpu : plan.vcpus()) {
            if (change.changesWork(vcpu.number())) {
                changeWork(vcpu, change);
            }
        }
        p2m.changeTo(change);
    }

    /** Before the domain runs there is nothing to take over; afterwards its vCPUs never ask again. */
    private void changeWork(VcpuPlan vcpu, PlanChange change) {
        Program before = programs[vcpu.index()];
        Program program = Programs.of(change.to(), change.to().vcpus().get(vcpu.number()), host.catalogue());
        programs[vcpu.index()] = program;
        if (unpausedAt < 0) {
            return;
        }
        program.takesOver(before, host.now());
        if (devices != null) {
            devices.endEndless(vcpu.number());
        }
        HeartbeatAgent here = agentOn(vcpu.number());
        if (here != null) {
            here.endEndless();
        }
        if (program.hearsArrivals() != before.hearsArrivals()) {
            host.island().cancelAll(m -> m instanceof Arrival arrival && arrival.vcpu() == vcpu.number());
            scheduleArrival(vcpu.number());
        }
        int address = host.plan().domainAddress(plan.domid());
        host.island().schedule(host.now(), address, new WorkloadChanges(vcpu.number()));
    }

    @Override
    void fields(Fields f) {
        for (int i = 0; i < programs.length; i++) {
            programs[i].fields(f);
            calls.fields(f, firstVcpu + i);
        }
        f.at("asleep", asleep);
        p2m.fields(f);
        if (f.at("has-devices", devices != null)) {
            devices().fields(f);
        }
        if (f.at("waits-for-io", ioWaits != null)) {
            ioWaits().fields(f);
        }
        stopped = f.at("stopped", stopped);
        unpausedAt = f.at("unpaused-at", unpausedAt);
        if (agent != null) {
            agent.fields(f);
        }
    }
}
