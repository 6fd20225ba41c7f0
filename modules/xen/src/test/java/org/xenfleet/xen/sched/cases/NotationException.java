package org.xenfleet.xen.sched.cases;

/** A case that cannot be read: says what is wrong, what was found and what would be right. */
final class NotationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotationException(String message) {
        super(message);
    }
}
