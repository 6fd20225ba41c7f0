package org.xenfleet.bench.loop;

import java.util.List;
import java.util.function.ObjLongConsumer;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.xenfleet.bench.measure.Rate;
import org.xenfleet.bench.measure.Together;
import org.xenfleet.timeline.StandAlone;

/** Runs a loop of a shape once, on one thread or on several that share the islands out. */
final class Loops {
    private Loops() {}

    static Rate bare(LoopShape shape, int threads, boolean digest) {
        LoopShape share = shape.share(threads);
        return Together.run(threads, thread -> together -> {
            List<BareLoop> loops = IntStream.range(0, share.islands())
                    .mapToObj(i -> new BareLoop(share, digest))
                    .toList();
            return together.measure(() -> run(share, loops, BareLoop::advance, BareLoop::calls));
        });
    }

    static Rate islands(LoopShape shape, int threads) {
        LoopShape share = shape.share(threads);
        return Together.run(
                threads,
                thread -> together -> StandAlone.call(context -> {
                    List<IslandLoop> loops = IntStream.range(0, share.islands())
                            .mapToObj(i -> new IslandLoop(context, "island-" + i, share))
                            .toList();
                    return together.measure(() -> run(share, loops, IslandLoop::advance, IslandLoop::calls));
                }));
    }

    private static <L> double run(LoopShape shape, List<L> loops, ObjLongConsumer<L> advance, ToLongFunction<L> calls) {
        for (int second = 1; second <= shape.seconds(); second++) {
            for (L loop : loops) {
                advance.accept(loop, second * LoopShape.SECOND);
            }
        }
        long made = loops.stream().mapToLong(calls).sum();
        if (made != shape.calls()) {
            throw new IllegalStateException(made + " calls were made, not " + shape.calls());
        }
        return made;
    }
}
