package org.xenfleet.bench.phold;

import org.xenfleet.bench.measure.Rate;

/**
 * What a run of PHOLD came to. Immutable.
 *
 * @param eventsOfLp events at each LP
 */
record PholdCount(long[] eventsOfLp, long nanos) {
    long events() {
        long sum = 0;
        for (long events : eventsOfLp) {
            sum += events;
        }
        return sum;
    }

    Rate rate() {
        return new Rate(events(), nanos);
    }
}
