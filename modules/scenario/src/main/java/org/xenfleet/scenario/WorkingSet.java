package org.xenfleet.scenario;

/**
 * The memory a guest touches in turn while it is busy, one page after the other, around and around. Immutable.
 *
 * @param bytes size, at least 1 and at most the guest's memory
 * @param touchIntervalNs CPU time between two touches, at least 1
 */
public record WorkingSet(long bytes, long touchIntervalNs) {
    public WorkingSet {
        if (bytes < 1 || touchIntervalNs < 1) {
            throw new IllegalArgumentException("a working set and its touch interval are at least 1");
        }
    }
}
