package org.xenfleet.bench.memory;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/** What is alive on the heap. */
final class Heap {
    private static final int COLLECTIONS = 4;

    private Heap() {}

    /** Bytes that survive several collections, the last of which freed nothing that the one before had left. */
    static long liveBytes() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            memory.gc();
            least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
