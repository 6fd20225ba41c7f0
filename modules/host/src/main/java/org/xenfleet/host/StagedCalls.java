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
import org.xenfleet.host.protocol.HypercallPath.CallWaits;
import org.xenfleet.host.protocol.HypercallPath.HypercallEntered;
import org.xenfleet.host.protocol.HypercallPath.HypercallReturned;
import org.xenfleet.host.protocol.HypercallPath.StageEnded;
import org.xenfleet.host.protocol.HypercallPath.Wait;
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
import org.xenfleet.xen.operation.Amount;
import org.xenfleet.xen.operation.CallRequest;
import org.xenfleet.xen.operation.Operation;
import org.xenfleet.xen.operation.Operation.Iterates;
import org.xenfleet.xen.operation.Stage;

/**
 * Calls that do more than their own iterations: takes each from one stage to the next, on the pCPU of its caller or, once it
 * is a tasklet, on another, and holds the locks of the host for those that need them. Used by one thread.
 */
final class StagedCalls {
    private static final int NOWHERE = -1;

    private final HostContext host;
    private final DomainTable table;
    private final Workload work;
    private final CallAmounts amounts;
    private final MachineStop stop;
    private final Graveyard graveyard;
    /** That of domctls, then those of the host's other locks in the order of their names. */
    private final List<DomctlGate> gates = new ArrayList<>(1);

    private final List<OpenCall> open = new ArrayList<>(2);
    /** By domid, pages of its paging pool that are given back; none until the first domain is destroyed. */
    private long @Nullable [] tornDown;

    /** How many iterations a call's work has. */
    interface Workload {
        long left(Operation operation, CallRequest request, int domid);
    }

    StagedCalls(
            HostContext host,
            DomainTable table,
            Workload work,
            CallAmounts amounts,
            MachineStop stop,
            Graveyard graveyard) {
        this.host = host;
        this.table = table;
        this.work = work;
        this.amounts = amounts;
        this.stop = stop;
        this.graveyard = graveyard;
        gates.add(new DomctlGate(host, true));
        host.catalogue().locks().forEach(name -> gates.add(new DomctlGate(host, false)));
        graveyard.tell(cpu -> advance(onCpu(cpu)));
    }

    /** A call has passed the checks at its entry. */
    void enter(HypercallEntered message, int vcpu) {
        OpenCall call = new OpenCall(message.cpu(), vcpu, message.operation(), message.request());
        open.add(call);
        advance(call);
    }

    private void advance(OpenCall call) {
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
    private boolean isDoneAtOnce(OpenCall call, Stage stage) {
        int target = target(call);
        switch (stage.kind()) {
            case DOMCTL_LOCK -> {
                return locks(call, 0);
            }
            case LOCK -> {
                String name = stage.work().orElseThrow();
                return locks(call, 1 + host.catalogue().locks().indexOf(name));
            }
            case KEEP_LOCKS -> call.locks = 0;
            case PAUSE -> {
                return isResumed(call) || pauses(call, target);
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
            case LEAK_RCU -> graveyard.leak(call.cpu);
            case RCU_BARRIER -> {
                return !waitsForQuiescence(call);
            }
            case FAIL -> {
                return fails(call, Errno.named(stage.work().orElseThrow()));
            }
            case ARM_WATCHDOG -> {
                int id = host.plan().vcpus().get(call.vcpu).domid() * 2;
                host.tellCpu(0, new SetDomainWatchdog(id, host.now() + call.request.nr()));
            }
        }
        return true;
    }

    /** The domain that a call is for. */
    private int target(OpenCall call) {
        return operation(call).worksOnCaller(call.request)
                ? host.plan().vcpus().get(call.vcpu).domid()
                : call.request.domid();
    }

    /** Whether the call was cut off in its own work, and so has done what comes before that. */
    private boolean isResumed(OpenCall call) {
        return host.plan().cadence(operation(call)).progress().done(call.request) > 0;
    }

    /** Whether the call spins now until every pCPU has served its softirqs; false if it need not, or they all have. */
    private boolean waitsForQuiescence(OpenCall call) {
        host.tellCpu(call.cpu, new CallWaits(Wait.QUIESCENCE, graveyard.waitsFor()));
        return graveyard.barrier(call.cpu);
    }

    /** Whether the call has the lock; if not, it goes out of Xen, without any other that it had, and tries again. */
    private boolean locks(OpenCall call, int gate) {
        boolean entered = gates.get(gate).enter(call.cpu);
        if (entered) {
            call.locks |= 1 << gate;
        } else {
            unlock(call);
            open.remove(call);
        }
        return entered;
    }

    private boolean pauses(OpenCall call, int target) {
        tellPoolOf(target, new PauseVcpus(target, call.cpu, host.plan().has(Mechanism.M10)));
        return false;
    }

    /** The target of a call that pauses is off its pCPUs. */
    void paused(DomainOffCpus message) {
        if (message.callerCpu() == NOWHERE) {
            return;
        }
        OpenCall call = onCpu(message.callerCpu());
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

    private boolean works(OpenCall call, int number) {
        Operation operation = host.catalogue().at(number);
        int caller = host.plan().vcpus().get(call.vcpu).domid();
        int target = operation.worksOnCaller(call.request) ? caller : call.request.domid();
        long left = operation.iterates() == Iterates.POOL_PAGES
                ? host.plan().domains().get(target).poolPages() - (tornDown == null ? 0 : tornDown[target])
                : work.left(operation, call.request, target);
        if (left == 0) {
            return true;
        }
        long within = amounts.within(operation, call.request, target);
        if (call.isTasklet()) {
            call.done += left;
            long unit = host.catalogue().unit(operation, call.request, within, host.costs());
            host.tellCpu(call.taskletCpu, new TaskletBusy(host.now() + Amount.times(left, unit)));
        } else {
            host.tellDomain(target, new Admit(call.cpu, number, call.request, left, within));
        }
        return false;
    }

    /** What every pCPU would do in a tasklet, the caller's does in its place, as no Xen does. */
    private boolean worksForEachCpu(OpenCall call) {
        long cpus = stop.online().cardinality();
        host.tellDomainOf(call.vcpu, new Admit(call.cpu, call.operation, call.request, cpus));
        return false;
    }

    /** The work of a stage is done or cut off, on the caller's pCPU. */
    void stageEnded(StageEnded message) {
        OpenCall call = onCpu(message.cpu());
        if (host.catalogue().at(message.operation()).iterates() == Iterates.POOL_PAGES) {
            tornDown()[call.request.domid()] += message.pages();
        }
        if (message.last()) {
            advance(call);
        } else {
            unlock(call);
            open.remove(call);
        }
    }

    private long[] tornDown() {
        long[] pages = tornDown;
        if (pages == null) {
            pages = new long[host.plan().domains().size()];
            tornDown = pages;
        }
        return pages;
    }

    private boolean becomesTasklet(OpenCall call, int cpu) {
        call.taskletCpu = cpu;
        int pool = host.plan().domainOf(call.vcpu).pool();
        host.tellPool(pool, new PauseVcpu(call.vcpu));
        host.tellCpu(call.cpu, new CallParked());
        host.tellCpu(cpu, new ScheduleTasklet(call.vcpu));
        return false;
    }

    /** A pCPU begins to work on a call as a tasklet. */
    void taskletRuns(int vcpu) {
        OpenCall call = tasklet(vcpu);
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
        OpenCall call = tasklet(vcpu);
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

    private boolean stopsMachine(OpenCall call, boolean livepatch) {
        boolean offline = operation(call).has(Stage.Kind.OFFLINE);
        int cpu = offline ? Math.toIntExact(call.request.first()) : NOWHERE;
        if (offline && (!stop.online().get(cpu) || isLastOfPool(cpu))) {
            return fails(call, stop.online().get(cpu) ? Errno.EBUSY : Errno.EINVAL);
        }
        int initiator = call.isTasklet() ? call.taskletCpu : call.cpu;
        if (initiator == cpu) {
            return fails(call, Errno.EBUSY);
        }
        return stop.isGoingOn()
                ? fails(call, Errno.EBUSY)
                : stop.begin(initiator, call.vcpu, call.isTasklet(), cpu, livepatch);
    }

    private boolean isLastOfPool(int cpu) {
        BitSet others = (BitSet) host.plan().poolOf(cpu).cpus().clone();
        others.and(stop.online());
        return others.cardinality() == 1;
    }

    /** All pCPUs have stopped for a call, or, with an error, one has not come in time. */
    void machineStopped(int vcpu, int errno) {
        OpenCall call = open.stream().filter(c -> c.vcpu == vcpu).findFirst().orElseThrow();
        if (errno != 0) {
            fails(call, errno);
        } else {
            advance(call);
        }
    }

    private boolean fails(OpenCall call, int errno) {
        if (call.isTasklet()) {
            call.result = errno;
            call.stage = operation(call).stages().size();
            host.tellCpu(call.taskletCpu, new TaskletBusy(host.now()));
        } else {
            leave(call, errno);
        }
        return false;
    }

    /** The call returns. */
    private void leave(OpenCall call, int result) {
        unlock(call);
        open.remove(call);
        if (!call.isTasklet()) {
            host.tellCpu(call.cpu, new CallAnswered(result));
        } else {
            host.tellDomainOf(call.vcpu, new HypercallReturned(call.vcpu, result, call.done, 0));
            host.tellPool(host.plan().domainOf(call.vcpu).pool(), new Unpause(call.vcpu));
        }
    }

    private void unlock(OpenCall call) {
        for (int gate = 0; gate < gates.size(); gate++) {
            if ((call.locks & 1 << gate) != 0) {
                gates.get(gate).leave(call.cpu);
            }
        }
        call.locks = 0;
    }

    /** A pCPU does not try for a lock any more. */
    void stopsTrying(int cpu) {
        gates.forEach(gate -> gate.stopsTrying(cpu));
    }

    /** The run, or the host, is over at {@code end}. */
    void finish(long end) {
        gates.forEach(gate -> gate.finish(end));
    }

    private OpenCall onCpu(int cpu) {
        return open.stream()
                .filter(c -> c.cpu == cpu && !c.isTasklet())
                .findFirst()
                .orElseThrow();
    }

    private OpenCall tasklet(int vcpu) {
        return open.stream()
                .filter(c -> c.vcpu == vcpu && c.isTasklet())
                .findFirst()
                .orElseThrow();
    }

    private Operation operation(OpenCall call) {
        return host.catalogue().at(call.operation);
    }

    private void tellPoolOf(int domid, Message message) {
        DomainPlan domain = host.plan().domains().get(domid);
        host.tellPool(domain.pool(), message);
    }

    void fields(Fields f) {
        gates.forEach(gate -> gate.fields(f));
        if (f.at("tore-down", tornDown != null)) {
            f.at("torn-down", tornDown());
        }
        int n = f.at("open-calls", open.size());
        List<OpenCall> old = List.copyOf(open);
        open.clear();
        for (int i = 0; i < n; i++) {
            open.add(OpenCall.visit(f, i < old.size() ? old.get(i) : null));
        }
    }
}
