package org.xenfleet.host;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.xenfleet.host.plan.DomainPlan;
import org.xenfleet.host.protocol.GuestExecution.NextActivity;
import org.xenfleet.host.protocol.HypercallPath.Hypercall;
import org.xenfleet.host.protocol.Work;
import org.xenfleet.host.workload.Next;
import org.xenfleet.xen.Fields;

/** The hypercalls that the vCPUs of a domain make for their programs. Used by their {@link Domain} only. */
final class VcpuCalls {
    private final HostContext host;
    private final DomainPlan plan;
    private final int firstVcpu;
    /** Of the vCPUs that have made calls. */
    private final @Nullable CallLedger[] ledgers;

    VcpuCalls(HostContext host, DomainPlan plan) {
        this.host = host;
        this.plan = plan;
        this.firstVcpu = plan.vcpus().get(0).number();
        this.ledgers = new CallLedger[plan.vcpus().size()];
    }

    /** The ledger of a vCPU, made when it is first asked for. */
    CallLedger of(int vcpu) {
        CallLedger ledger = ledgers[vcpu - firstVcpu];
        if (ledger == null) {
            ledger = new CallLedger();
            ledgers[vcpu - firstVcpu] = ledger;
        }
        return ledger;
    }

    boolean hasCalled(int vcpu) {
        return ledgers[vcpu - firstVcpu] != null;
    }

    /** A program makes a call now. */
    void issue(int vcpu, Next.Call call) {
        of(vcpu).issue(call.operation(), call.request(), host.now());
    }

    /** Whether the last call of a vCPU's program decides what it does next; the pCPU then knows. */
    boolean goesOn(int vcpu, int cpu) {
        CallLedger ledger = ledgers[vcpu - firstVcpu];
        return ledger != null && goesOn(vcpu, cpu, ledger);
    }

    /** The same for the last call in a ledger of another, such as a device. */
    boolean goesOn(int vcpu, int cpu, CallLedger ledger) {
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

    /** Adds all calls of the domain to the report of the host: these, and those of its devices. */
    void report(Collection<CallLedger> ofDevices) {
        SortedMap<Integer, CallAccount> sums = new TreeMap<>();
        for (CallLedger ledger : ledgers) {
            if (ledger != null) {
                add(ledger, sums);
            }
        }
        ofDevices.forEach(ledger -> add(ledger, sums));
        sums.forEach((number, account) ->
                host.report().calls(plan, host.catalogue().at(number).name(), account));
    }

    private void add(CallLedger ledger, SortedMap<Integer, CallAccount> sums) {
        ledger.accounts()
                .forEach((number, account) ->
                        sums.computeIfAbsent(number, n -> new CallAccount()).add(account));
        if (ledger.isLost()) {
            host.report().lost(plan, host.catalogue().at(ledger.operation()).name(), ledger.issuedAt());
        }
    }

    void fields(Fields f, int vcpu) {
        if (f.at("has-called", hasCalled(vcpu))) {
            of(vcpu).fields(f);
        }
    }
}
