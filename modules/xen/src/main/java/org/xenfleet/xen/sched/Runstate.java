package org.xenfleet.xen.sched;

/** Run states of a vCPU, as guests see them. Source: xen-semantics section 2.3. */
public enum Runstate {
    RUNNING,
    RUNNABLE,
    BLOCKED,
    OFFLINE
}
