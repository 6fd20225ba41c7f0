package org.xenfleet.host.workload;

import org.xenfleet.xen.operation.CallRequest;

/** What a vCPU does next, as its program says. */
public sealed interface Next {
    /** Computes for that many ns, or {@link Long#MAX_VALUE} for ever. */
    record Compute(long ns) implements Next {}

    /** Sleeps until its one-shot timer fires at {@code timerAt}, or, with -1, until an event comes. */
    record Sleep(long timerAt) implements Next {}

    /** Gives its pCPU away (SCHEDOP_yield). */
    record Yield() implements Next {}

    /** Issues a hypercall of the catalogue. */
    record Call(int operation, CallRequest request) implements Next {}
}
