package org.xenfleet.host;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xenfleet.host.protocol.Work;
import org.xenfleet.host.workload.Next;
import org.xenfleet.xen.Fields;
import org.xenfleet.xen.operation.CallRequest;

/**
 * The devices that one vCPU of a domain stands behind: requests of guests, which it serves in the order in which they came,
 * from its event handler, and so before anything else that it does. Times are ns. Used by one thread.
 *
 * <p>Source: xen-semantics section 5, M9, M18 and M19. Simplified: a handler is never put off by the vCPU's own kernel.
 */
final class IoService {
    /**
     * A guest's request.
     *
     * @param vcpu of the guest, by its number on the host
     * @param copies pages of the guest to copy; 0 for an access to an emulated device, which is answered by a message
     */
    record Request(int vcpu, int guestDomid, long since, long serviceNs, long copies) {}

    private enum Step {
        WAITS,
        COMPUTES,
        COPIES
    }

    private static final long NOTHING = -2;

    /** What an I/O ring holds. */
    private static final int MOST_OF_ONE_GUEST = 32;

    private final int grantCopy;
    private final ArrayDeque<Request> requests = new ArrayDeque<>(2);
    private Step step = Step.WAITS;
    private long interrupted = NOTHING;

    /** {@code grantCopy} is the number of the call that copies pages of a guest. */
    IoService(int grantCopy) {
        this.grantCopy = grantCopy;
    }

    /** A request comes; false when the guest has as many under way as it can have, and so did not make it. */
    boolean offer(Request request) {
        int own = 0;
        for (Request other : requests) {
            own += other.vcpu() == request.vcpu() ? 1 : 0;
        }
        return own < MOST_OF_ONE_GUEST && requests.add(request);
    }

    /** Whether a request is being served. */
    boolean isServing() {
        return step != Step.WAITS;
    }

    /** An event interrupted what the vCPU was doing; {@code work} is left of that. */
    void interrupt(long work) {
        interrupted = work;
    }

    /** What was interrupted without having an end is over. */
    void endEndless() {
        if (interrupted == Work.FOREVER) {
            interrupted = Work.ASK;
        }
    }

    /** The request that has just been served; the vCPU asks for the first time since. */
    @Nullable
    Request takeServed() {
        boolean computed = step == Step.COMPUTES && first().copies() == 0;
        if (!computed && step != Step.COPIES) {
            return null;
        }
        step = Step.WAITS;
        return requests.poll();
    }

    /** What the vCPU does next for its devices, or for what they interrupted; nothing when that is all. */
    Optional<Next> next() {
        if (step == Step.COMPUTES) {
            step = Step.COPIES;
            Request request = first();
            return Optional.of(
                    new Next.Call(grantCopy, new CallRequest(true, request.guestDomid(), 0, request.copies(), 0)));
        }
        if (!requests.isEmpty()) {
            step = Step.COMPUTES;
            return Optional.of(new Next.Compute(first().serviceNs()));
        }
        if (interrupted != NOTHING) {
            long left = interrupted;
            interrupted = NOTHING;
            return left == Work.ASK ? Optional.empty() : Optional.of(new Next.Compute(left));
        }
        return Optional.empty();
    }

    /** What nobody has answered, the oldest first. */
    Request[] open() {
        return requests.toArray(new Request[0]);
    }

    /** A guest is gone, and with it its requests; the one being served is finished. */
    void forget(int guestDomid) {
        Request served = isServing() ? requests.poll() : null;
        requests.removeIf(r -> r.guestDomid() == guestDomid);
        if (served != null) {
            requests.addFirst(served);
        }
    }

    private Request first() {
        Request first = requests.peek();
        if (first == null) {
            throw new IllegalStateException("a request is served that nobody made");
        }
        return first;
    }

    void fields(Fields f) {
        step = Step.values()[f.at("io-step", step.ordinal())];
        interrupted = f.at("interrupted", interrupted);
        Request[] old = open();
        int n = f.at("io-requests", old.length);
        Request[] padded = Arrays.copyOf(old, Math.max(n, old.length));
        requests.clear();
        for (int i = 0; i < n; i++) {
            Request r = padded[i] == null ? new Request(0, 0, 0, 0, 0) : padded[i];
            requests.add(new Request(
                    f.at("io-vcpu", r.vcpu()),
                    f.at("io-guest", r.guestDomid()),
                    f.at("io-since", r.since()),
                    f.at("io-service", r.serviceNs()),
                    f.at("io-copies", r.copies())));
        }
    }
}
