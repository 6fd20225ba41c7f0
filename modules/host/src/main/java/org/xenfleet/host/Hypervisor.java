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
import org.xenfleet.host.protocol.Scheduling.RaiseSoftirq;
import org.xenfleet.timeline.Message;
import org.xenfleet.timeline.ReceiveTable;
import org.xenfleet.xen.Fields;
import org.xenfleet.xen.PageAccounts;
import org.xenfleet.xen.Softirq;
import org.xenfleet.xen.XenVersion;
import org.xenfleet.xen.operation.Admission;
import org.xenfleet.xen.operation.Admission.DomainEntry;
import org.xenfleet.xen.operation.CallRequest;
import org.xenfleet.xen.operation.Operation;
import org.xenfleet.xen.operation.Operation.Effect;

/**
 * The part of Xen that is one for the host: the domain table, the host's memory, the entry of hypercalls, the
 * calibration of time, and its panic.
 */
final class Hypervisor extends HostActor {
    private static final long NEVER = -1;

    private final HostContext host;
    /** pCPUs on which a call has been seen; only there can a calibration softirq be noticed. */
    private final BitSet callers = new BitSet();

    private final PageAccounts pages;
    private long panickedAt = NEVER;
    /** Means something only after a panic. */
    private Panic panic = new Panic(0, Stuck.CALL, 0, 0, 0, 0);

    static HostActor create(HostContext host) {
        return new Hypervisor(host);
    }

    private Hypervisor(HostContext host) {
        this.host = host;
        this.pages = host.plan().pages();
    }

    private static final ReceiveTable<Hypervisor> RECEIVE = ReceiveTable.<Hypervisor>builder()
            .on(HypercallEntered.class, Hypervisor::onHypercallEntered)
            .on(PagesMoved.class, Hypervisor::onPagesMoved)
            .on(CalibrationDue.class, Hypervisor::onCalibrationDue)
            .on(UnpauseDomain.class, Hypervisor::onUnpauseDomain)
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
        if (errno != 0) {
            host.tellCpu(message.cpu(), new CallAnswered(errno));
        } else {
            int target = operation.onSelf() ? caller.domid() : request.domid();
            long left = host.plan().cadence(operation).progress().left(request);
            long limit = limit(operation, target, left);
            host.tellDomain(target, new Admit(message.cpu(), message.operation(), request, limit));
        }
    }

    /** How many of the iterations that are left can be done as far as memory goes; that much is set aside for them. */
    private long limit(Operation operation, int domid, long left) {
        return switch (operation.effect()) {
            case GIVE_BACK -> pages.offer(domid, left);
            case TAKE -> pages.claim(domid, left);
            case SET_ACCESS, NONE -> left;
        };
    }

    private void onPagesMoved(PagesMoved message) {
        if (host.catalogue().at(message.operation()).effect() == Effect.TAKE) {
            pages.take(message.domid(), message.claim(), message.pages());
        } else {
            pages.giveBack(message.domid(), message.claim(), message.pages());
        }
    }

    private @Nullable DomainEntry find(int domid) {
        return domid >= 0 && domid < host.plan().domains().size()
                ? entry(host.plan().domains().get(domid))
                : null;
    }

    private static DomainEntry entry(DomainPlan plan) {
        return new DomainEntry(
                plan.domid(),
                plan.name(),
                !plan.isTranslated(),
                plan.isHvm(),
                plan.privileged(),
                plan.target(),
                false,
                plan.listener());
    }

    /** The rendezvous itself runs in interrupt context; what it leaves on every pCPU is a softirq. */
    private void onCalibrationDue(CalibrationDue message) {
        for (int cpu = callers.nextSetBit(0); cpu >= 0; cpu = callers.nextSetBit(cpu + 1)) {
            host.tellCpu(cpu, new RaiseSoftirq(Softirq.TIME_CALIBRATE.bit()));
        }
        callers.clear();
    }

    private void onUnpauseDomain(UnpauseDomain message) {
        host.tellDomain(message.domid(), new DomainUnpaused());
    }

    /** All domains are lost at this instant, and nothing happens on the host any more. */
    private void onPanic(Panic message) {
        panickedAt = host.now();
        panic = message;
        host.island().clear();
    }

    private void onFinish(Finish message) {
        host.report().memory(pages);
        if (panickedAt >= 0) {
            String operation = host.catalogue().at(panic.operation()).name();
            host.report().panicked(panickedAt, panic, operation);
        }
    }

    @Override
    void fields(Fields f) {
        pages.fields(f);
        for (int cpu = 0; cpu < host.plan().topology().cpus(); cpu++) {
            callers.set(cpu, f.at("caller", callers.get(cpu)));
        }
        if (host.plan().watchdog().isPresent()) {
            panickedAt = f.at("panicked-at", panickedAt);
            panic = panic.fields(f);
        }
    }
}
