package org.xenfleet.host.workload;

import org.xenfleet.xen.operation.CallRequest;

/** What a vCPU does next, as its program says. */
public sealed interface Next {
    /** Computes for that many ns, or {@link Long#MAX_VALUE} for ever. */
    record Compute(long ns) implements Next {}

    /**
     * Sleeps until its timer fires at {@code timerAt}, or, with -1, until an event comes.
     *
     * @param polls whether that timer is the time-out of SCHEDOP_poll
     */
    record Sleep(long timerAt, boolean polls) implements Next {
        public Sleep(long timerAt) {
            this(timerAt, false);
        }
    }

    /** Accesses an emulated device, whose model computes for {@code serviceNs}, and waits for the answer. */
    record EmulatedIo(long serviceNs) implements Next {}

    /** Gives its pCPU away (SCHEDOP_yield). */
    record Yield() implements Next {}

    /** Issues a hypercall of the catalogue. */
    record Call(int operation, CallRequest request) implements Next {}
}
