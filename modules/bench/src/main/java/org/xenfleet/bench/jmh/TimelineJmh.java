package org.xenfleet.bench.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.xenfleet.timeline.Message;
import org.xenfleet.timeline.StateWriter;
import org.xenfleet.timeline.Timeline;

/** The timeline with so many entries scheduled as before and after each operation. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TimelineJmh {
    private static final long SPREAD = 30_000_000;

    private record Nothing() implements Message {
        @Override
        public int kind() {
            return 1;
        }

        @Override
        public void write(StateWriter out) {}
    }

    private static final Message NOTHING = new Nothing();

    /** Entries: those of a host of 16 pCPUs, of one of 64, and far more than any host has. */
    @Param({"32", "128", "10000"})
    int entries;

    private final Timeline timeline = new Timeline();
    private long random = 1;
    private long now;

    @Setup
    public void fill() {
        for (int i = 0; i < entries; i++) {
            timeline.schedule(draw(), 0, NOTHING);
        }
    }

    /** Takes the first entry and schedules one. */
    @Benchmark
    public long takeAndSchedule() {
        Timeline.Entry first = timeline.take();
        now = first.time();
        timeline.schedule(now + draw(), 0, NOTHING);
        return now;
    }

    /** Schedules an entry and takes it back. */
    @Benchmark
    public boolean scheduleAndCancel() {
        return timeline.cancel(timeline.schedule(now + draw(), 0, NOTHING));
    }

    private long draw() {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return (random >>> 1) % SPREAD;
    }
}
