package org.xenfleet.host;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xenfleet.host.plan.DomainPlan;
import org.xenfleet.host.protocol.HostControl.DomainStops;
import org.xenfleet.host.protocol.HostControl.DomainUnpaused;
import org.xenfleet.host.protocol.HypercallPath.Admit;
import org.xenfleet.host.protocol.HypercallPath.CallAnswered;
import org.xenfleet.host.protocol.HypercallPath.CallParked;
import org.xenfleet.host.protocol.HypercallPath.DomctlBusy;
import org.xenfleet.host.protocol.HypercallPath.DomctlFree;
import org.xenfleet.host.protocol.HypercallPath.HypercallEntered;
import org.xenfleet.host.protocol.HypercallPath.HypercallReturned;
import org.xenfleet.host.protocol.HypercallPath.StageEnded;
import org.xenfleet.host.protocol.Rendezvous.ScheduleTasklet;
import org.xenfleet.host.protocol.Rendezvous.SetDomainWatchdog;
import org.xenfleet.host.protocol.Rendezvous.TaskletBusy;
import org.xenfleet.host.protocol.Scheduling.CpuGoesOffline;
import org.xenfleet.host.protocol.Scheduling.DomainOffCpus;
import org.xenfleet.host.protocol.Scheduling.PauseVcpu;
import org.xenfleet.host.protocol.Scheduling.PauseVcpus;
import org.xenfleet.host.protocol.Scheduling.PinVcpus;
import org.xenfleet.host.protocol.Scheduling.Unpause;
import org.xenfleet.host.protocol.Scheduling.UnpauseVcpus;
import org.xenfleet.timeline.Message;
import org.xenfleet.xen.Errno;
import org.xenfleet.xen.Fields;
import org.xenfleet.xen.Mechanism;
import org.xenfleet.xen.control.DomainTable;
import org.xenfleet.xen.control.DomctlLock;
import org.xenfleet.xen.operation.CallRequest;
import org.xenfleet.xen.operation.Operation;
import org.xenfleet.xen.operation.Operation.Iterates;
import org.xenfleet.xen.operation.Operation.On;
import org.xenfleet.xen.operation.Stage;

/**
 * Calls that do more than their own iterations: takes each from one stage to the next, on the pCPU of its caller or, once it
 * is a tasklet, on another, and holds the domctl lock for those that need it. Used by one thread.
 */
final class StagedCalls {
    private static final int NOWHERE = -1;

    /** A call under way. */
    private static final class Open {
        private final int cpu;
        private final int vcpu;
        private final int operation;
        private final CallRequest request;
        private int stage;
        private boolean domctl;
        /** The pCPU that works on it as a tasklet, or -1. */
        private int taskletCpu = NOWHERE;

        private long done;
        private int result;

        Open(int cpu, int vcpu, int operation, CallRequest request) {
            this.cpu = cpu;
            this.vcpu = vcpu;
            this.operation = operation;
            this.request = request;
        }
    }

    private final HostContext host;
    private final DomainTable table;
    private final Workload work;
    private final MachineStop stop;
    private final Graveyard graveyard;
    private final DomctlLock domctl;
    private final List<Open> open = new ArrayList<>(2);
    private final long[] tornDown;
    /** For as long as the host counts as unresponsive. */
    private final List<DomctlHold> longHolds = new ArrayList<>(0);

    /** The domctl lock was held by the call on a pCPU; times are ns. */
    record DomctlHold(int cpu, long start, long end) {}

    /** How many iterations a call's work has. */
    interface Workload {
        long left(Operation operation, CallRequest request, int domid);
    }

    StagedCalls(HostContext host, DomainTable table, Workload work, MachineStop stop, Graveyard graveyard) {
        this.host = host;
        this.table = table;
        this.work = work;
        this.stop = stop;
        this.graveyard = graveyard;
        this.domctl = new DomctlLock(host.plan().has(Mechanism.M11));
        this.tornDown = new long[host.plan().domains().size()];
    }

    /** A call has passed the checks at its entry. */
    void enter(HypercallEntered message, int vcpu) {
        Open call = new Open(message.cpu(), vcpu, message.operation(), message.request());
        open.add(call);
        advance(call);
    }

    private void advance(Open call) {
        List<Stage> stages = operation(call).stages();
        while (call.stage < stages.size()) {
            Stage stage = stages.get(call.stage++);
            if (!isDoneAtOnce(call, stage)) {
                return;
            }
        }
        leave(call, call.result);
    }

    /** Does what a stage does; false when the call has to wait for something, or is over. */
    private boolean isDoneAtOnce(Open call, Stage stage) {
        int target = call.request.domid();
        switch (stage.kind()) {
            case DOMCTL_LOCK -> {
                return locksDomctl(call);
            }
            case PAUSE -> {
                return pauses(call, target);
            }
            case PAUSE_BY_CONTROLLER -> {
                return !table.pauseByController(target, host.now()) || pauses(call, target);
            }
            case KILL -> {
                return table.isDying(target) || pauses(call, target);
            }
            case UNPAUSE -> unpause(target);
            case UNPAUSE_BY_CONTROLLER -> {
                boolean begins = table.isNew(target);
                if (table.unpauseByController(target, host.now())) {
                    if (begins) {
                        host.tellDomain(target, new DomainUnpaused());
                    } else {
                        unpause(target);
                    }
                }
            }
            case SHUT_DOWN -> shutDown(target, false);
            case DROP -> {
                if (table.life(target) == DomainTable.Life.DYING && table.markDead(target, host.now())) {
                    graveyard.unlisted(target);
                }
            }
            case SET_AFFINITY -> tellPoolOf(target, new PinVcpus(target, Math.toIntExact(call.request.code())));
            case WORK -> {
                return works(call, stage.work().map(host.catalogue()::indexOf).orElse(call.operation));
            }
            case ON_CPU_0 -> {
                return !host.plan().has(Mechanism.M14) || becomesTasklet(call, 0);
            }
            case ON_EACH_CPU -> {
                return host.plan().has(Mechanism.M14)
                        ? becomesTasklet(call, stop.online().nextSetBit(0))
                        : worksForEachCpu(call);
            }
            case STOP_MACHINE, LIVEPATCH -> {
                return stopsMachine(call, stage.kind() == Stage.Kind.LIVEPATCH);
            }
            case OFFLINE -> {
                int cpu = Math.toIntExact(call.request.first());
                host.tellPool(host.plan().poolOf(cpu).index(), new CpuGoesOffline(cpu));
            }
            case ARM_WATCHDOG -> {
                int id = host.plan().vcpus().get(call.vcpu).domid() * 2;
                host.tellCpu(0, new SetDomainWatchdog(id, host.now() + call.request.nr()));
            }
        }
        return true;
    }

    private boolean locksDomctl(Open call) {
        if (!domctl.tryLock(call.cpu, host.now())) {
            open.remove(call);
            host.tellCpu(call.cpu, new DomctlBusy(domctl.holder()));
            return false;
        }
        call.domctl = true;
        return true;
    }

    private boolean pauses(Open call, int target) {
        tellPoolOf(target, new PauseVcpus(target, call.cpu, host.plan().has(Mechanism.M10)));
        return false;
    }

    /** The target of a call that pauses is off its pCPUs. */
    void paused(DomainOffCpus message) {
        if (message.callerCpu() == NOWHERE) {
            return;
        }
        Open call = onCpu(message.callerCpu());
        Stage stage = operation(call).stages().get(call.stage - 1);
        if (stage.kind() == Stage.Kind.KILL) {
            table.markDying(message.domid(), host.now());
            stops(message.domid());
        }
        advance(call);
    }

    private void unpause(int target) {
        tellPoolOf(target, new UnpauseVcpus(target));
    }

    /** A domain stops running, and nobody waits until it has. */
    void shutDown(int target, boolean byWatchdog) {
        if (table.shutDown(target, host.now(), byWatchdog)) {
            tellPoolOf(target, new PauseVcpus(target, NOWHERE, false));
            stops(target);
        }
    }

    private void stops(int domid) {
        host.tellDomain(domid, new DomainStops(domid));
        if (domid != 0) {
            host.tellDomain(0, new DomainStops(domid));
        }
    }

    private boolean works(Open call, int number) {
        Operation operation = host.catalogue().at(number);
        int caller = host.plan().vcpus().get(call.vcpu).domid();
        int target = operation.on() == On.OTHER ? call.request.domid() : caller;
        long left = operation.iterates() == Iterates.POOL_PAGES
                ? host.plan().domains().get(target).poolPages() - tornDown[target]
                : work.left(operation, call.request, target);
        if (left == 0) {
            return true;
        }
        if (call.taskletCpu != NOWHERE) {
            call.done += left;
            long unit = host.catalogue().unit(operation, call.request, host.costs());
            host.tellCpu(call.taskletCpu, new TaskletBusy(host.now() + left * unit));
        } else {
            host.tellDomain(target, new Admit(call.cpu, number, call.request, left));
        }
        return false;
    }

    /** What every pCPU would do in a tasklet, the caller's does in its place, as no Xen does. */
    private boolean worksForEachCpu(Open call) {
        long cpus = stop.online().cardinality();
        host.tellDomainOf(call.vcpu, new Admit(call.cpu, call.operation, call.request, cpus));
        return false;
    }

    /** The work of a stage is done or cut off, on the caller's pCPU. */
    void stageEnded(StageEnded message) {
        Open call = onCpu(message.cpu());
        if (host.catalogue().at(message.operation()).iterates() == Iterates.POOL_PAGES) {
            tornDown[call.request.domid()] += message.pages();
        }
        if (message.last()) {
            advance(call);
        } else {
            unlockDomctl(call);
            open.remove(call);
        }
    }

    private boolean becomesTasklet(Open call, int cpu) {
        call.taskletCpu = cpu;
        int pool = host.plan().domainOf(call.vcpu).pool();
        host.tellPool(pool, new PauseVcpu(call.vcpu));
        host.tellCpu(call.cpu, new CallParked());
        host.tellCpu(cpu, new ScheduleTasklet(call.vcpu));
        return false;
    }

    /** A pCPU begins to work on a call as a tasklet. */
    void taskletRuns(int vcpu) {
        Open call = tasklet(vcpu);
        Stage stage = operation(call).stages().get(call.stage - 1);
        if (stage.kind() == Stage.Kind.ON_EACH_CPU) {
            long unit = host.costs().iteration(operation(call).cost().key());
            host.tellCpu(call.taskletCpu, new TaskletBusy(host.now() + unit));
        } else {
            advance(call);
        }
    }

    /** The work of a call that is a tasklet is done. */
    void taskletEnded(int vcpu) {
        if (open.stream().noneMatch(c -> c.vcpu == vcpu)) {
            return;
        }
        Open call = tasklet(vcpu);
        Stage stage = operation(call).stages().get(call.stage - 1);
        if (stage.kind() == Stage.Kind.ON_EACH_CPU) {
            call.done++;
            int next = stop.online().nextSetBit(call.taskletCpu + 1);
            if (next >= 0) {
                call.taskletCpu = next;
                host.tellCpu(next, new ScheduleTasklet(vcpu));
                return;
            }
        }
        advance(call);
    }

    private boolean stopsMachine(Open call, boolean livepatch) {
        boolean offline = operation(call).has(Stage.Kind.OFFLINE);
        int cpu = offline ? Math.toIntExact(call.request.first()) : NOWHERE;
        if (offline && (!stop.online().get(cpu) || isLastOfPool(cpu))) {
            return fails(call, stop.online().get(cpu) ? Errno.EBUSY : Errno.EINVAL);
        }
        int initiator = call.taskletCpu == NOWHERE ? call.cpu : call.taskletCpu;
        if (initiator == cpu) {
            return fails(call, Errno.EBUSY);
        }
        return stop.isGoingOn()
                ? fails(call, Errno.EBUSY)
                : stop.begin(initiator, call.vcpu, call.taskletCpu != NOWHERE, cpu, livepatch);
    }

    private boolean isLastOfPool(int cpu) {
        BitSet others = (BitSet) host.plan().poolOf(cpu).cpus().clone();
        others.and(stop.online());
        return others.cardinality() == 1;
    }

    /** All pCPUs have stopped for a call, or, with an error, one has not come in time. */
    void machineStopped(int vcpu, int errno) {
        Open call = open.stream().filter(c -> c.vcpu == vcpu).findFirst().orElseThrow();
        if (errno != 0) {
            fails(call, errno);
        } else {
            advance(call);
        }
    }

    private boolean fails(Open call, int errno) {
        if (call.taskletCpu != NOWHERE) {
            call.result = errno;
            call.stage = operation(call).stages().size();
            host.tellCpu(call.taskletCpu, new TaskletBusy(host.now()));
        } else {
            leave(call, errno);
        }
        return false;
    }

    /** The call returns. */
    private void leave(Open call, int result) {
        unlockDomctl(call);
        open.remove(call);
        if (call.taskletCpu == NOWHERE) {
            host.tellCpu(call.cpu, new CallAnswered(result));
        } else {
            host.tellDomainOf(call.vcpu, new HypercallReturned(call.vcpu, result, call.done, 0));
            host.tellPool(host.plan().domainOf(call.vcpu).pool(), new Unpause(call.vcpu));
        }
    }

    private void unlockDomctl(Open call) {
        if (call.domctl) {
            held(call.cpu, host.now());
            letTry(domctl.unlock());
        }
    }

    private void held(int cpu, long until) {
        if (until - domctl.heldSince() >= host.plan().spec().unresponsiveAfterNs()) {
            longHolds.add(new DomctlHold(cpu, domctl.heldSince(), until));
        }
    }

    private void letTry(int cpu) {
        if (cpu >= 0) {
            host.tellCpu(cpu, new DomctlFree());
        }
    }

    /** A pCPU does not try for the domctl lock any more. */
    void stopsTrying(int cpu) {
        domctl.stopTrying(cpu);
        letTry(domctl.next());
    }

    /** The run, or the host, is over at {@code end}. */
    void finish(long end) {
        if (domctl.holder() >= 0) {
            held(domctl.holder(), end);
        }
        host.report().domctlHeld(longHolds);
    }

    private Open onCpu(int cpu) {
        return open.stream()
                .filter(c -> c.cpu == cpu && c.taskletCpu == NOWHERE)
                .findFirst()
                .orElseThrow();
    }

    private Open tasklet(int vcpu) {
        return open.stream()
                .filter(c -> c.vcpu == vcpu && c.taskletCpu != NOWHERE)
                .findFirst()
                .orElseThrow();
    }

    private Operation operation(Open call) {
        return host.catalogue().at(call.operation);
    }

    private void tellPoolOf(int domid, Message message) {
        DomainPlan domain = host.plan().domains().get(domid);
        host.tellPool(domain.pool(), message);
    }

    void fields(Fields f) {
        domctl.fields(f);
        f.at("torn-down", tornDown);
        int holds = f.at("domctl-holds", longHolds.size());
        List<DomctlHold> oldHolds = List.copyOf(longHolds);
        longHolds.clear();
        for (int i = 0; i < holds; i++) {
            DomctlHold h = i < oldHolds.size() ? oldHolds.get(i) : new DomctlHold(0, 0, 0);
            longHolds.add(new DomctlHold(
                    f.at("domctl-cpu", h.cpu()), f.at("domctl-start", h.start()), f.at("domctl-end", h.end())));
        }
        int n = f.at("open-calls", open.size());
        List<Open> old = List.copyOf(open);
        open.clear();
        for (int i = 0; i < n; i++) {
            open.add(visit(f, i < old.size() ? old.get(i) : null));
        }
    }

    private static Open visit(Fields f, @Nullable Open call) {
        int cpu = f.at("call-cpu", call == null ? 0 : call.cpu);
        int vcpu = f.at("call-vcpu", call == null ? 0 : call.vcpu);
        int operation = f.at("call-operation", call == null ? 0 : call.operation);
        CallRequest request = (call == null ? CallRequest.NONE : call.request).fields(f);
        Open visited = call != null && !f.reading() ? call : new Open(cpu, vcpu, operation, request);
        visited.stage = f.at("call-stage", visited.stage);
        visited.domctl = f.at("call-domctl", visited.domctl);
        visited.taskletCpu = f.at("call-tasklet-cpu", visited.taskletCpu);
        visited.done = f.at("call-done", visited.done);
        visited.result = f.at("call-result", visited.result);
        return visited;
    }
}
