package org.xenfleet.timeline;

/** A fault that a test injects into the deliveries of an island. */
@FunctionalInterface
public interface DeliveryFault {
    /** What happens to a message that is about to be delivered. */
    enum Verdict {
        DELIVER,
        /** The message is lost. */
        DROP,
        /** The message changes places with the next one of the same cascade, if there is one. */
        SWAP_WITH_NEXT
    }

    Verdict on(long time, int target, Message message);
}
