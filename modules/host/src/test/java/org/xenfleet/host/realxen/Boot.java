package org.xenfleet.host.realxen;

/** The machines of the measurements. */
enum Boot {
    /** dom0 pinned to pCPU 0, the guests in a pool of exactly pCPU 1. */
    P(2, "1", "pool = \"p1\""),
    /** The same, but one pool of both pCPUs; the guests are pinned to pCPU 1. */
    A(2, "", "cpus = \"1\""),
    /** The guests float in a pool of pCPUs 1 and 3. */
    N2(5, "1,3", "pool = \"p1\""),
    /** One pCPU for all. */
    K(1, "", "");

    final int cpus;
    /** The pCPUs of the guests' pool; empty where there is only Pool-0. */
    final String pool;

    final String xl;

    Boot(int cpus, String pool, String xl) {
        this.cpus = cpus;
        this.pool = pool;
        this.xl = xl;
    }
}
