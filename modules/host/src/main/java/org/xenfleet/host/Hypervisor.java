package org.xenfleet.host;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.xenfleet.host.plan.DomainPlan;
import org.xenfleet.host.protocol.HostControl.CalibrationDue;
import org.xenfleet.host.protocol.HostControl.DomainUnpaused;
import org.xenfleet.host.protocol.HostControl.Finish;
import org.xenfleet.host.protocol.HostControl.Panic;
import org.xenfleet.host.protocol.HostControl.Stuck;
import org.xenfleet.host.protocol.HostControl.UnpauseDomain;
import org.xenfleet.host.protocol.HypercallPath.Admit;
import org.xenfleet.host.protocol.HypercallPath.CallAnswered;
import org.xenfleet.host.protocol.HypercallPath.HypercallEntered;
import org.xenfleet.host.protocol.HypercallPath.PagesMoved;
import org.xenfleet.host.protocol.HypercallPath.RetryEnds;
import org.xenfleet.host.protocol.HypercallPath.StageEnded;
import org.xenfleet.host.protocol.PoolChannel.HostDown;
import org.xenfleet.host.protocol.Rendezvous;
import org.xenfleet.host.protocol.Rendezvous.DomainWatchdogExpired;
import org.xenfleet.host.protocol.Rendezvous.Freeze;
import org.xenfleet.host.protocol.Rendezvous.Quiescent;
import org.xenfleet.host.protocol.Rendezvous.ScheduleTasklet;
import org.xenfleet.host.protocol.Rendezvous.TaskletBusy;
import org.xenfleet.host.protocol.Rendezvous.TaskletEnded;
import org.xenfleet.host.protocol.Rendezvous.TaskletRuns;
import org.xenfleet.host.protocol.Rendezvous.Thaw;
import org.xenfleet.host.protocol.Rendezvous.WantQuiescence;
import org.xenfleet.host.protocol.Scheduling.DomainOffCpus;
import org.xenfleet.host.protocol.Scheduling.RaiseSoftirq;
import org.xenfleet.timeline.Message;
import org.xenfleet.timeline.ReceiveTable;
import org.xenfleet.xen.Fields;
import org.xenfleet.xen.Mechanism;
import org.xenfleet.xen.PageAccounts;
import org.xenfleet.xen.Softirq;
import org.xenfleet.xen.XenVersion;
import org.xenfleet.xen.control.DomainTable;
import org.xenfleet.xen.operation.Admission;
import org.xenfleet.xen.operation.Admission.DomainEntry;
import org.xenfleet.xen.operation.Amount;
import org.xenfleet.xen.operation.CallRequest;
import org.xenfleet.xen.operation.Operation;
import org.xenfleet.xen.operation.Operation.Effect;

/**
 * The part of Xen that is one for the host: the domain table, the host's memory, the entry of hypercalls, the
 * calibration of time, and its panic.
 */
final class Hypervisor extends HostActor {
    /** A livepatch has waited long enough for all pCPUs to stop. */
    record LivepatchTimeout(int cpu) implements HostCommand {
        @Override
        public int kind() {
            return HostCommand.LIVEPATCH_TIMEOUT;
        }

        @Override
        public int subject() {
            return cpu;
        }
    }

    private static final long NEVER = -1;

    private final HostContext host;
    private final DomainTable table;
    private final MachineStop stop;
    private final Graveyard graveyard;
    private final StagedCalls staged;
    private final CallAmounts amounts;
    /** pCPUs on which a call has been seen; only there can a calibration softirq be noticed. */
    private final BitSet callers = new BitSet();

    private final PageAccounts pages;
    /** pCPUs that pCPU 0 waits for before it calibrates time. */
    private final BitSet calibrating = new BitSet();

    private long fencedAt = NEVER;
    private long panickedAt = NEVER;
    /** Means something only after a panic. */
    private Panic panic = new Panic(0, Stuck.CALL, 0, 0, 0, 0);

    static HostActor create(HostContext host) {
        return new Hypervisor(host);
    }

    private Hypervisor(HostContext host) {
        this.host = host;
        this.pages = host.plan().pages();
        this.table = new DomainTable(
                host.plan().domains().stream().mapToInt(DomainPlan::target).toArray());
        this.graveyard = new Graveyard(host, table);
        this.stop = new MachineStop(host, this::onMachineStopped);
        this.amounts = new CallAmounts(host, pages);
        this.staged = new StagedCalls(host, table, this::left, amounts, stop, graveyard);
        graveyard.watch(stop.online());
    }

    private static final ReceiveTable<Hypervisor> RECEIVE = ReceiveTable.<Hypervisor>builder()
            .on(HypercallEntered.class, Hypervisor::onHypercallEntered)
            .on(PagesMoved.class, Hypervisor::onPagesMoved)
            .on(CalibrationDue.class, Hypervisor::onCalibrationDue)
            .on(UnpauseDomain.class, Hypervisor::onUnpauseDomain)
            .on(StageEnded.class, (xen, m) -> xen.staged.stageEnded(m))
            .on(RetryEnds.class, (xen, m) -> xen.staged.stopsTrying(m.cpu()))
            .on(DomainOffCpus.class, (xen, m) -> xen.staged.paused(m))
            .on(TaskletRuns.class, Hypervisor::onTaskletRuns)
            .on(TaskletEnded.class, Hypervisor::onTaskletEnded)
            .on(Quiescent.class, Hypervisor::onQuiescent)
            .on(LivepatchTimeout.class, (xen, m) -> xen.stop.timesOut())
            .on(DomainWatchdogExpired.class, Hypervisor::onDomainWatchdogExpired)
            .on(Panic.class, Hypervisor::onPanic)
            .on(Finish.class, Hypervisor::onFinish)
            .build();

    @Override
    protected boolean handle(Message message) {
        return RECEIVE.dispatch(this, message);
    }

    /** Checks the arguments and the caller's privilege; what is left to check needs the target's p2m. */
    private void onHypercallEntered(HypercallEntered message) {
        callers.set(message.cpu());
        Operation operation = host.catalogue().at(message.operation());
        CallRequest request = message.request();
        DomainEntry caller = entry(host.plan().domains().get(message.callerDomid()));
        XenVersion version = host.plan().version();
        int errno = Admission.atEntry(operation, request, caller, this::find, version);
        int target = operation.worksOnCaller(request) ? caller.domid() : request.domid();
        if (errno != 0) {
            host.tellCpu(message.cpu(), new CallAnswered(errno));
        } else if (amounts.isLimited(operation, request, target)) {
            host.tellCpu(message.cpu(), new CallAnswered(amounts.limited(operation, request, target)));
        } else if (operation.isStaged()) {
            staged.enter(message, message.vcpu());
        } else {
            long limit = left(operation, request, target);
            long within = amounts.within(operation, request, target);
            host.tellDomain(target, new Admit(message.cpu(), message.operation(), request, limit, within));
        }
    }

    /** How many iterations are left that can be done; memory that they move is set aside for them. */
    private long left(Operation operation, CallRequest request, int domid) {
        long left = switch (operation.iterates()) {
            case P2M_RANGE, LIST, CALLS ->
                host.plan().cadence(operation).progress().left(request);
            case ONCE, P2M_ENTRY -> 1;
            case TARGET_PAGES -> pages.allocated(domid);
            case POOL_PAGES -> host.plan().domains().get(domid).poolPages();
            case DOMAINS -> table.listed();
            case AMOUNT -> amountLeft(operation, request, domid);
        };
        return switch (operation.effect()) {
            case GIVE_BACK, RELINQUISH -> pages.offer(domid, left);
            case TAKE -> pages.claim(domid, left);
            case SET_ACCESS, WRITE_PROTECT, NONE -> left;
        };
    }

    /** Iterations of a call that are left: what its arguments say is done, the domain has no more. */
    private long amountLeft(Operation operation, CallRequest request, int domid) {
        long all = amounts.iterations(operation, request, domid);
        boolean endless = all == Amount.INFINITE;
        long done = host.plan().cadence(operation).progress().done(request);
        return endless ? all : Math.max(0, all - done);
    }

    private void onPagesMoved(PagesMoved message) {
        Operation operation = host.catalogue().at(message.operation());
        amounts.worked(operation, message.domid(), message.pages(), message.pages() == message.claim());
        if (operation.effect() == Effect.TAKE) {
            pages.take(message.domid(), message.claim(), message.pages());
        } else if (operation.movesMemory()) {
            pages.giveBack(message.domid(), message.claim(), message.pages());
        }
    }

    private @Nullable DomainEntry find(int domid) {
        return table.isListed(domid) ? entry(host.plan().domains().get(domid)) : null;
    }

    private DomainEntry entry(DomainPlan plan) {
        return new DomainEntry(
                plan.domid(),
                plan.name(),
                !plan.isTranslated(),
                plan.isHvm(),
                plan.privileged(),
                plan.target(),
                table.isDying(plan.domid()),
                plan.listener());
    }

    /** The rendezvous itself runs in interrupt context; what it leaves on every pCPU is a softirq. */
    private void onCalibrationDue(CalibrationDue message) {
        if (!host.plan().has(Mechanism.M16) && !callers.isEmpty()) {
            host.tellCpu(0, new ScheduleTasklet(Rendezvous.CALIBRATE));
        }
        for (int cpu = callers.nextSetBit(0); cpu >= 0; cpu = callers.nextSetBit(cpu + 1)) {
            host.tellCpu(cpu, new RaiseSoftirq(Softirq.TIME_CALIBRATE.bit()));
        }
        if (host.plan().has(Mechanism.M16)) {
            callers.clear();
        }
    }

    /** pCPU 0 waits for those that have been in calls, as no Xen does; only where that mechanism is left out. */
    private void calibrateInTasklet() {
        calibrating.or(callers);
        calibrating.clear(0);
        callers.clear();
        if (calibrating.isEmpty()) {
            host.tellCpu(0, new TaskletBusy(host.now()));
        } else {
            host.tellCpu(0, new Freeze(calibrating.nextSetBit(0)));
            calibrating.stream().forEach(cpu -> host.tellCpu(cpu, new WantQuiescence()));
        }
    }

    private void onTaskletRuns(TaskletRuns message) {
        switch (message.task()) {
            case Rendezvous.STOP -> stop.arrives(message.cpu());
            case Rendezvous.CALIBRATE -> calibrateInTasklet();
            default -> staged.taskletRuns(message.task());
        }
    }

    private void onTaskletEnded(TaskletEnded message) {
        if (message.task() >= 0) {
            staged.taskletEnded(message.task());
        }
    }

    private void onMachineStopped(int vcpu, int errno) {
        staged.machineStopped(vcpu, errno);
    }

    private void onQuiescent(Quiescent message) {
        graveyard.quiescent(message.cpu());
        if (calibrating.get(message.cpu())) {
            calibrating.clear(message.cpu());
            if (calibrating.isEmpty()) {
                host.tellCpu(0, new Thaw(host.now(), message.cpu()));
            }
        }
    }

    /** The timer of SCHEDOP_watchdog was not set again in time: its domain is shut down, and with dom0 the host goes down. */
    private void onDomainWatchdogExpired(DomainWatchdogExpired message) {
        int domid = message.id() / 2;
        if (domid == 0) {
            fencedAt = host.now();
            goesDown();
        } else if (table.isAlive(domid)) {
            staged.shutDown(domid, true);
        }
    }

    private void onUnpauseDomain(UnpauseDomain message) {
        table.unpauseByController(message.domid(), host.now());
        host.tellDomain(message.domid(), new DomainUnpaused());
    }

    /** All domains are lost at this instant, and nothing happens on the host any more. */
    private void onPanic(Panic message) {
        panickedAt = host.now();
        panic = message;
        goesDown();
    }

    private void goesDown() {
        host.island().clear();
        if (host.plan().agent().isPresent()) {
            host.tellDomain(0, new HostDown());
        }
    }

    private void onFinish(Finish message) {
        host.report().memory(pages);
        host.report().lives(table);
        long up = panickedAt >= 0 ? panickedAt : fencedAt >= 0 ? fencedAt : message.at();
        staged.finish(up);
        if (fencedAt >= 0) {
            host.report().fenced(fencedAt);
        }
        if (panickedAt >= 0) {
            String operation = host.catalogue().at(panic.operation()).name();
            host.report().panicked(panickedAt, panic, operation);
        }
    }

    @Override
    void fields(Fields f) {
        pages.fields(f);
        amounts.fields(f);
        table.fields(f);
        stop.fields(f);
        graveyard.fields(f);
        staged.fields(f);
        fencedAt = f.at("fenced-at", fencedAt);
        for (int cpu = 0; cpu < host.plan().topology().cpus(); cpu++) {
            callers.set(cpu, f.at("caller", callers.get(cpu)));
            calibrating.set(cpu, f.at("calibrating", calibrating.get(cpu)));
        }
        if (host.plan().watchdog().isPresent()) {
            panickedAt = f.at("panicked-at", panickedAt);
            panic = panic.fields(f);
        }
    }
}
