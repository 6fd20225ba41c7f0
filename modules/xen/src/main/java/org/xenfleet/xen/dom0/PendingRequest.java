package org.xenfleet.xen.dom0;

/**
 * A request that somebody waits for. Times are ns.
 *
 * @param number tells it from others
 * @param served when it was answered, {@link Standstill#OPEN} if it has not been
 */
public record PendingRequest(int number, long issued, long served, Waiter waiter) {
    /** Who waits for it. */
    public enum Waiter {
        /** A task of the kernel's own domain that sleeps uninterruptibly. */
        TASK,
        /** A guest, for its block device. */
        GUEST_IO
    }

    public PendingRequest {
        if (issued < 0 || served < issued) {
            throw new IllegalArgumentException("request " + number + " was issued at " + issued + " ns and served at "
                    + served + " ns; it cannot be served before it is issued, nor issued before 0");
        }
    }
}
