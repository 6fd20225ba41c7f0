package org.xenfleet.host;

import java.util.BitSet;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
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
import org.xenfleet.host.protocol.Scheduling.RaiseSoftirq;
import org.xenfleet.timeline.Message;
import org.xenfleet.xen.Fields;
import org.xenfleet.xen.Softirq;
import org.xenfleet.xen.operation.Admission;
import org.xenfleet.xen.operation.Admission.DomainEntry;
import org.xenfleet.xen.operation.Operation;

/**
 * The part of Xen that is one for the host: the domain table, the entry of hypercalls, the calibration of time, and its
 * panic.
 */
final class Hypervisor extends AbstractBehavior<Message> {
    private static final long NEVER = -1;

    private final HostContext host;
    /** pCPUs on which a call has been seen; only there can a calibration softirq be noticed. */
    private final BitSet callers = new BitSet();

    private long panickedAt = NEVER;
    /** Means something only after a panic. */
    private Panic panic = new Panic(0, Stuck.CALL, 0, 0, 0, 0);

    static Behavior<Message> create(HostContext host, StateHolder holder) {
        return Behaviors.setup(context -> new Hypervisor(context, host, holder));
    }

    private Hypervisor(ActorContext<Message> context, HostContext host, StateHolder holder) {
        super(context);
        this.host = host;
        holder.set(this::fields);
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder()
                .onMessage(HypercallEntered.class, this::onHypercallEntered)
                .onMessage(CalibrationDue.class, this::onCalibrationDue)
                .onMessage(UnpauseDomain.class, this::onUnpauseDomain)
                .onMessage(Panic.class, this::onPanic)
                .onMessage(Finish.class, this::onFinish)
                .build();
    }

    /** Checks the arguments and the caller's privilege; what is left to check needs the target's p2m. */
    private Behavior<Message> onHypercallEntered(HypercallEntered message) {
        callers.set(message.cpu());
        Operation operation = host.catalogue().at(message.operation());
        DomainEntry caller = entry(host.plan().domains().get(message.callerDomid()));
        int errno = Admission.atEntry(operation, message.request(), caller, this::find);
        if (errno != 0) {
            host.tellCpu(message.cpu(), new CallAnswered(errno));
        } else {
            host.tellDomain(
                    message.request().domid(), new Admit(message.cpu(), message.operation(), message.request()));
        }
        return this;
    }

    private @Nullable DomainEntry find(int domid) {
        return domid >= 0 && domid < host.plan().domains().size()
                ? entry(host.plan().domains().get(domid))
                : null;
    }

    private static DomainEntry entry(DomainPlan plan) {
        return new DomainEntry(plan.domid(), plan.name(), plan.isHvm(), plan.privileged(), plan.target());
    }

    /** The rendezvous itself runs in interrupt context; what it leaves on every pCPU is a softirq. */
    private Behavior<Message> onCalibrationDue(CalibrationDue message) {
        for (int cpu = callers.nextSetBit(0); cpu >= 0; cpu = callers.nextSetBit(cpu + 1)) {
            host.tellCpu(cpu, new RaiseSoftirq(Softirq.TIME_CALIBRATE.bit()));
        }
        callers.clear();
        return this;
    }

    private Behavior<Message> onUnpauseDomain(UnpauseDomain message) {
        host.tellDomain(message.domid(), new DomainUnpaused());
        return this;
    }

    /** All domains are lost at this instant, and nothing happens on the host any more. */
    private Behavior<Message> onPanic(Panic message) {
        panickedAt = host.now();
        panic = message;
        host.island().clear();
        return this;
    }

    private Behavior<Message> onFinish(Finish message) {
        if (panickedAt >= 0) {
            String operation = host.catalogue().at(panic.operation()).name();
            host.report().panicked(panickedAt, panic, operation);
        }
        return this;
    }

    private void fields(Fields f) {
        for (int cpu = 0; cpu < host.plan().topology().cpus(); cpu++) {
            callers.set(cpu, f.at("caller", callers.get(cpu)));
        }
        if (host.plan().watchdog().isPresent()) {
            panickedAt = f.at("panicked-at", panickedAt);
            panic = panic.fields(f);
        }
    }
}
