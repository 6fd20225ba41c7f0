package org.xenfleet.host;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xenfleet.host.IoService.Request;
import org.xenfleet.host.plan.BackendPlan;
import org.xenfleet.host.plan.DomainPlan;
import org.xenfleet.host.protocol.InputOutput.IoDone;
import org.xenfleet.host.protocol.InputOutput.IoRequest;
import org.xenfleet.host.protocol.Scheduling.WaitedForIo;
import org.xenfleet.host.workload.Next;
import org.xenfleet.timeline.Timeline;
import org.xenfleet.xen.Fields;
import org.xenfleet.xen.operation.CallRequest;

/**
 * The side of a domain that serves the devices of guests: emulated ones, whose guests wait for each answer, and
 * paravirtual ones, for which requests come at their own pace. Each of its vCPUs serves its own. Used by one thread.
 */
final class DeviceBackend {
    private final HostContext host;
    private final DomainPlan plan;
    private final int firstVcpu;
    /** By vCPU; none until the first request. */
    private final @Nullable IoService[] services;

    private final @Nullable CallLedger[] ledgers;
    /** By guest of the back-end, when its next request comes. */
    private final Timeline.@Nullable Entry[] asking;

    DeviceBackend(HostContext host, DomainPlan plan) {
        this.host = host;
        this.plan = plan;
        this.firstVcpu = plan.vcpus().get(0).number();
        this.services = new IoService[plan.vcpus().size()];
        this.ledgers = new CallLedger[services.length];
        this.asking = new Timeline.Entry[plan.backend().map(BackendPlan::guests).orElse(0)];
    }

    /** The domain runs: guests begin to ask. */
    void begin() {
        for (int guest = 0; guest < asking.length; guest++) {
            ask(guest, host.now() + backend().phase(guest));
        }
    }

    private void ask(int guest, long at) {
        asking[guest] =
                host.island().schedule(at, host.plan().domainAddress(plan.domid()), new Domain.FrontendAsks(guest));
    }

    /** A guest has a request for its paravirtual device. Returns the vCPU that has to serve it, or -1 if the ring is full. */
    int frontendAsks(int guest) {
        BackendPlan backend = backend();
        ask(guest, host.now() + backend.spec().periodNs());
        int server = firstVcpu + guest % services.length;
        DomainPlan frontend = host.plan().domains().get(backend.domid(guest));
        int vcpu = frontend.vcpus().get(0).number();
        Request request = new Request(
                vcpu,
                frontend.domid(),
                host.now(),
                backend.spec().burstNs(),
                backend.spec().copies());
        return service(server).offer(request) ? server : -1;
    }

    /** A guest waits for the answer to an access to an emulated device. */
    void request(IoRequest message) {
        int domid = host.plan().vcpus().get(message.vcpu()).domid();
        service(message.serverVcpu()).offer(new Request(message.vcpu(), domid, host.now(), message.serviceNs(), 0));
    }

    /** A guest does not run any more. */
    void stopped(int domid) {
        for (int guest = 0; guest < asking.length; guest++) {
            Timeline.Entry entry = asking[guest];
            if (backend().domid(guest) == domid && entry != null) {
                host.island().cancel(entry);
                asking[guest] = null;
            }
        }
        for (IoService service : services) {
            if (service != null) {
                service.forget(domid);
            }
        }
    }

    boolean isServing(int vcpu) {
        IoService service = services[vcpu - firstVcpu];
        return service != null && service.isServing();
    }

    void interrupt(int vcpu, long work) {
        service(vcpu).interrupt(work);
    }

    /** What a vCPU computed without end when its devices interrupted it is over. */
    void endEndless(int vcpu) {
        IoService service = services[vcpu - firstVcpu];
        if (service != null) {
            service.endEndless();
        }
    }

    /** The ledger of the calls that a vCPU makes for its devices, if one of them is in Xen or was cut off there. */
    Optional<CallLedger> inCall(int vcpu) {
        CallLedger ledger = ledgers[vcpu - firstVcpu];
        return ledger != null && ledger.isUnderWay() ? Optional.of(ledger) : Optional.empty();
    }

    /** All calls that its vCPUs made for its devices. */
    List<CallLedger> ledgers() {
        return Arrays.stream(ledgers)
                .flatMap(ledger -> Optional.ofNullable(ledger).stream())
                .toList();
    }

    /** A vCPU asks what comes next; nothing when its devices want nothing of it. */
    Optional<Next> next(int vcpu, int cpu) {
        IoService service = services[vcpu - firstVcpu];
        if (service == null) {
            return Optional.empty();
        }
        Request served = service.takeServed();
        if (served != null) {
            answer(served, cpu);
        }
        Optional<Next> next = service.next();
        if (next.isPresent() && next.get() instanceof Next.Call call) {
            issue(vcpu, call.operation(), call.request());
        }
        return next;
    }

    private void issue(int vcpu, int operation, CallRequest request) {
        CallLedger ledger = ledgers[vcpu - firstVcpu];
        if (ledger == null) {
            ledger = new CallLedger();
            ledgers[vcpu - firstVcpu] = ledger;
        }
        ledger.issue(operation, request, host.now());
    }

    private void answer(Request served, int cpu) {
        if (served.copies() == 0) {
            host.tellDomainOf(served.vcpu(), new IoDone(served.vcpu(), cpu));
        } else {
            waited(served, cpu, host.now());
        }
    }

    /** What was worth remembering of a guest's wait for its device. */
    private void waited(Request request, int cpu, long end) {
        if (end - request.since() >= host.notableNs()) {
            int pool = host.plan().domains().get(request.guestDomid()).pool();
            host.tellPool(pool, new WaitedForIo(request.vcpu(), cpu, request.since(), end));
        }
    }

    /** The run, or the host, is over at {@code end}: says who waits in vain. */
    void finish(long end) {
        for (IoService service : services) {
            if (service != null) {
                for (Request request : service.open()) {
                    waited(request, -1, end);
                }
            }
        }
    }

    private IoService service(int vcpu) {
        IoService service = services[vcpu - firstVcpu];
        if (service == null) {
            service = new IoService(host.plan().grantCopy());
            services[vcpu - firstVcpu] = service;
        }
        return service;
    }

    private BackendPlan backend() {
        return plan.backend().orElseThrow();
    }

    void fields(Fields f) {
        for (int i = 0; i < services.length; i++) {
            if (f.at("serves", services[i] != null)) {
                service(firstVcpu + i).fields(f);
            }
            if (f.at("serves-by-call", ledgers[i] != null)) {
                CallLedger ledger = ledgers[i];
                if (ledger == null) {
                    ledger = new CallLedger();
                    ledgers[i] = ledger;
                }
                ledger.fields(f);
            }
        }
        for (int guest = 0; guest < asking.length; guest++) {
            asking[guest] = HostActor.entry(f, "asking", asking[guest], host.island());
        }
    }
}
