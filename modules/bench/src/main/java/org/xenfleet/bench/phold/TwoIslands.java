package org.xenfleet.bench.phold;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.xenfleet.bench.measure.Rate;
import org.xenfleet.bench.measure.Together;
import org.xenfleet.timeline.StandAlone;

/**
 * PHOLD with half of the LPs on each of two islands, a thread each. Both advance by one look-ahead, then take the events
 * that the other sent them: none of those can be for sooner. What comes out depends on the seed alone.
 */
final class TwoIslands {
    private static final int ISLANDS = 2;
    private static final int SPINS_BEFORE_YIELD = 2000;

    /** Events on their way, in the order in which they were sent. Filled by one thread, then emptied by the other. */
    private static final class Outbox {
        private long[] times = new long[64];
        private int[] lps = new int[64];
        private int size;

        void add(long time, int lp) {
            if (size == times.length) {
                times = Arrays.copyOf(times, size * 2);
                lps = Arrays.copyOf(lps, size * 2);
            }
            times[size] = time;
            lps[size++] = lp;
        }

        void emptyInto(LpIsland island) {
            for (int i = 0; i < size; i++) {
                island.receive(times[i], lps[i]);
            }
            size = 0;
        }
    }

    private final Phold phold;
    /** By sender and by the parity of the window, so that one is filled while the other is emptied. */
    private final Outbox[][] outboxes = {{new Outbox(), new Outbox()}, {new Outbox(), new Outbox()}};

    private final AtomicIntegerArray windowsDone = new AtomicIntegerArray(ISLANDS);
    private final long[][] counts = new long[ISLANDS][];

    private TwoIslands(Phold phold) {
        this.phold = phold;
    }

    static PholdCount run(Phold phold) {
        TwoIslands run = new TwoIslands(phold);
        Rate rate = Together.run(
                ISLANDS,
                i -> together -> StandAlone.call(context -> {
                    int half = phold.lps() / ISLANDS;
                    int first = i * half;
                    int last = i + 1 == ISLANDS ? phold.lps() : first + half;
                    int[] window = new int[1];
                    LpIsland island = new LpIsland(
                            context,
                            phold,
                            new PholdRule(phold, "island-" + i),
                            first,
                            last,
                            (time, lp) -> run.outboxes[i][window[0] & 1].add(time, lp));
                    return together.measure(() -> run.windows(together, i, island, window));
                }));
        long[] all = Arrays.copyOf(run.counts[0], phold.lps());
        System.arraycopy(run.counts[1], 0, all, run.counts[0].length, run.counts[1].length);
        return new PholdCount(all, rate.nanos());
    }

    /** Answers how many events there were on the island. */
    private double windows(Together together, int self, LpIsland island, int[] window) {
        int other = 1 - self;
        int windows = Math.toIntExact((phold.endNs() + Phold.LOOKAHEAD_NS - 1) / Phold.LOOKAHEAD_NS);
        while (window[0] < windows) {
            island.advance(Math.min(phold.endNs(), (window[0] + 1) * Phold.LOOKAHEAD_NS));
            windowsDone.set(self, window[0] + 1);
            awaitWindow(together, other, window[0] + 1);
            outboxes[other][window[0] & 1].emptyInto(island);
            window[0]++;
        }
        counts[self] = island.counts();
        return Arrays.stream(counts[self]).sum();
    }

    private void awaitWindow(Together together, int island, int window) {
        int spins = 0;
        while (windowsDone.get(island) < window) {
            if (++spins < SPINS_BEFORE_YIELD) {
                Thread.onSpinWait();
            } else {
                together.checkOthers();
                Thread.yield();
            }
        }
    }
}
