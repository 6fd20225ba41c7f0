package org.xenfleet.xen.p2m;

/**
 * What kind of lock a release has on a p2m. Source: xen-semantics sections 1.5, 1.6 and mechanism M8/M9.
 */
public enum P2mLockKind {
    /** 4.1: a spinlock that a walk takes anew for every page; look-ups take none. */
    PER_PAGE,

    /** 4.2 to 4.6: a reader-writer lock without a queue, whose write side a walk holds for a slice. */
    UNFAIR,

    /** The same with the fix of XSA-114 (2a549b9c8aa4): while a writer waits, no new reader gets in. */
    WRITE_BIASED,

    /** From 4.7 on: a queued reader-writer lock, likewise held for a slice. */
    FAIR
}
