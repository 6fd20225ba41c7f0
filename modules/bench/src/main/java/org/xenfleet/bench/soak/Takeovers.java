package org.xenfleet.bench.soak;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How long it took others to take over from nodes that were killed. Used by one thread. */
final class Takeovers {
    private final List<Long> millis = new ArrayList<>();
    private int needless;

    /** @param ms from the kill until all went on; 0 if the node that was killed had nothing left to do */
    void add(long ms) {
        if (ms > 0) {
            millis.add(ms);
        } else {
            needless++;
        }
    }

    /** 0 if there was none. */
    long longest() {
        return millis.isEmpty() ? 0 : Collections.max(millis);
    }

    String sentence() {
        if (millis.isEmpty()) {
            return "nothing to take over";
        }
        return String.format(
                "taken over within %d ms at most, half within %d ms, 99 of 100 within %d ms, and %s had nothing left to do",
                longest(), within(0.5), within(0.99), needless == 0 ? "none" : Integer.toString(needless));
    }

    /** The least time within which that part of all was taken over. */
    private long within(double part) {
        List<Long> sorted = millis.stream().sorted().toList();
        return sorted.get((int) Math.ceil(part * sorted.size()) - 1);
    }
}
