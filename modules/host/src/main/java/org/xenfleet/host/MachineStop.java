package org.xenfleet.host;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.xenfleet.host.plan.HostPlan;
import org.xenfleet.host.protocol.HypercallPath.CallWaits;
import org.xenfleet.host.protocol.HypercallPath.Wait;
import org.xenfleet.host.protocol.Rendezvous;
import org.xenfleet.host.protocol.Rendezvous.CpuOff;
import org.xenfleet.host.protocol.Rendezvous.Freeze;
import org.xenfleet.host.protocol.Rendezvous.ScheduleTasklet;
import org.xenfleet.host.protocol.Rendezvous.TaskletBusy;
import org.xenfleet.host.protocol.Rendezvous.Thaw;
import org.xenfleet.timeline.Timeline;
import org.xenfleet.xen.Errno;
import org.xenfleet.xen.Fields;
import org.xenfleet.xen.Mechanism;
import org.xenfleet.xen.control.StopMachine;

/**
 * Brings all pCPUs to a stop for a call, tells the call when they have, and lets them go on. Used by one thread.
 *
 * <p>Source: xen-semantics section 5, M13 and M20.
 */
final class MachineStop {
    private static final int NOBODY = -1;
    /** How long a livepatch waits for all pCPUs. Source: xen-semantics section 5, M20. */
    private static final long LIVEPATCH_TIMEOUT_NS = 30_000_000L;

    /** Hears that all have stopped for the call of a vCPU, or with an error that one has not come in time. */
    interface Stopped {
        void stopped(int vcpu, int errno);
    }

    private final HostContext host;
    private final Stopped stopped;
    private final StopMachine stop = new StopMachine();
    private final BitSet online = new BitSet();
    private int vcpu;
    private boolean inTasklet;
    private int leaving = NOBODY;
    private Timeline.@Nullable Entry timeout;

    MachineStop(HostContext host, Stopped stopped) {
        this.host = host;
        this.stopped = stopped;
        online.set(0, host.plan().topology().cpus());
    }

    /** The pCPUs in use; must not be changed. */
    BitSet online() {
        return online;
    }

    boolean isGoingOn() {
        return stop.isGoingOn();
    }

    /**
     * Begins to stop all others.
     *
     * @param tasklet whether the one that waits does so in a tasklet; else in the call itself
     * @param offline the pCPU that goes out of use, or -1
     * @return whether all have stopped already
     */
    boolean begin(int initiator, int forVcpu, boolean tasklet, int offline, boolean livepatch) {
        BitSet others = new BitSet();
        if (host.plan().has(Mechanism.M13) || livepatch) {
            others.or(online);
            others.clear(initiator);
        } else if (offline >= 0) {
            others.set(offline);
        }
        if (others.isEmpty()) {
            return true;
        }
        stop.begin(initiator, others);
        vcpu = forVcpu;
        inTasklet = tasklet;
        leaving = offline;
        others.stream().forEach(cpu -> host.tellCpu(cpu, new ScheduleTasklet(Rendezvous.STOP)));
        if (tasklet) {
            host.tellCpu(initiator, new Freeze(stop.waitsFor()));
        } else {
            host.tellCpu(initiator, new CallWaits(Wait.STOP_MACHINE, stop.waitsFor()));
        }
        if (livepatch && host.plan().has(Mechanism.M20)) {
            long at = host.now() + LIVEPATCH_TIMEOUT_NS;
            timeout = host.island().schedule(at, HostPlan.HYPERVISOR, new Hypervisor.LivepatchTimeout(initiator));
        }
        return false;
    }

    /** A pCPU runs the tasklet that stops it. */
    void arrives(int cpu) {
        if (!stop.expects(cpu)) {
            host.tellCpu(cpu, new TaskletBusy(host.now()));
            return;
        }
        host.tellCpu(cpu, new Freeze(stop.waitsFor()));
        if (stop.arrives(cpu)) {
            end(0, host.now() + host.costs().stopMachine());
        }
    }

    /** A livepatch has waited for long enough. */
    void timesOut() {
        timeout = null;
        end(Errno.EBUSY, host.now());
    }

    private void end(int errno, long at) {
        if (timeout != null) {
            host.island().cancel(timeout);
            timeout = null;
        }
        BitSet held = (BitSet) stop.arrived().clone();
        int last = stop.waitsFor();
        int initiator = stop.initiator();
        stop.end();
        held.stream().forEach(cpu -> {
            if (cpu == leaving && errno == 0) {
                online.clear(cpu);
                host.tellCpu(cpu, new CpuOff());
            } else {
                host.tellCpu(cpu, new Thaw(at, last));
            }
        });
        if (inTasklet && errno == 0) {
            host.tellCpu(initiator, new Thaw(at, last));
        }
        stopped.stopped(vcpu, errno);
    }

    void fields(Fields f) {
        int cpus = host.plan().topology().cpus();
        stop.fields(f, cpus);
        for (int cpu = 0; cpu < cpus; cpu++) {
            online.set(cpu, f.at("online", online.get(cpu)));
        }
        vcpu = f.at("stop-vcpu", vcpu);
        inTasklet = f.at("stop-in-tasklet", inTasklet);
        leaving = f.at("stop-leaving", leaving);
        timeout = HostActor.entry(f, "stop-timeout", timeout, host.island());
    }
}
