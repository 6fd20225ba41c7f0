package org.xenfleet.host;

import org.xenfleet.host.plan.DomainPlan;
import org.xenfleet.xen.Fields;
import org.xenfleet.xen.PageAccounts;
import org.xenfleet.xen.control.Accumulated;
import org.xenfleet.xen.operation.Amount;
import org.xenfleet.xen.operation.CallRequest;
import org.xenfleet.xen.operation.Extent;
import org.xenfleet.xen.operation.Operation;

/**
 * What the amounts in an operation's file come to for a call, and what domains have accumulated that calls count and change.
 * Used by one thread.
 */
final class CallAmounts {
    private final HostContext host;
    private final PageAccounts pages;
    private final Accumulated accumulated;

    CallAmounts(HostContext host, PageAccounts pages) {
        this.host = host;
        this.pages = pages;
        this.accumulated = new Accumulated(
                host.catalogue().states(),
                host.plan().domains().stream().map(DomainPlan::state).toList());
    }

    /** 0, or what the first limit says that the call is beyond of. */
    int limited(Operation operation, CallRequest request, int domid) {
        for (Extent.Limit limit : operation.extent().limits()) {
            if (value(limit.of(), request, domid) > limit.most()) {
                return limit.result();
            }
        }
        return 0;
    }

    /** Whether a limit ends the call, whatever it then returns. */
    boolean isLimited(Operation operation, CallRequest request, int domid) {
        return operation.extent().limits().stream().anyMatch(l -> value(l.of(), request, domid) > l.most());
    }

    /** How often the whole call iterates. */
    long iterations(Operation operation, CallRequest request, int domid) {
        return value(operation.extent().iterations(), request, domid);
    }

    /** How often each iteration does what the operation's cost is for. */
    long within(Operation operation, CallRequest request, int domid) {
        return operation.extent().isSingle() ? 1 : value(operation.extent().within(), request, domid);
    }

    private long value(Amount amount, CallRequest request, int domid) {
        return amount.in(name -> switch (name) {
            case Amount.COUNT -> request.nr();
            case Amount.ORDER -> request.first();
            case Amount.PAGES -> pages.allocated(domid);
            case Amount.MAX_GFN -> gfns(host.plan().domains().get(domid));
            default -> accumulated.of(domid, name.substring(Amount.STATE.length()));
        });
    }

    private static long gfns(DomainPlan domain) {
        return domain.isTranslated() ? domain.maxGfn() + 1 : 0;
    }

    /** A slice has done {@code iterations} on a domain, and with them the work of its call if it is the last. */
    void worked(Operation operation, int domid, long iterations, boolean last) {
        Extent extent = operation.extent();
        extent.takesFrom().ifPresent(name -> change(domid, name, -iterations));
        if (last) {
            extent.addsTo().ifPresent(name -> change(domid, name, 1));
        }
    }

    private void change(int domid, String name, long more) {
        accumulated.change(domid, name.substring(Amount.STATE.length()), more);
    }

    /** Only hosts whose domains are said to have accumulated something have any of it. */
    void fields(Fields f) {
        if (host.plan().domains().stream().map(DomainPlan::state).anyMatch(state -> !state.isEmpty())) {
            accumulated.fields(f);
        }
    }
}
