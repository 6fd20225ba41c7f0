package org.xenfleet.bench.memory;

import java.util.List;
import org.xenfleet.bench.Benchmark;
import org.xenfleet.bench.Effort;
import org.xenfleet.bench.measure.Samples;
import org.xenfleet.bench.measure.Slope;
import org.xenfleet.bench.report.Figure;
import org.xenfleet.bench.report.Section;
import org.xenfleet.bench.report.Target;
import org.xenfleet.bench.scenario.Scenarios;

/** What a live host holds of the heap, as the slope over their number. */
public final class MemoryBenchmark implements Benchmark {
    private static final long SECOND = 1_000_000_000L;
    private static final double KB = 1000;
    private static final int MOST_STUBS = 21;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public Section run(Effort effort) {
        int step = effort.of(50, 3);
        bytesPerHost(1, 2);
        double one = bytesPerHost(1, step);
        double eleven = bytesPerHost(11, step);
        double most = bytesPerHost(MOST_STUBS, step);
        double perStub = Slope.of(new double[] {1, 11, MOST_STUBS}, new double[] {one, eleven, most})
                .perUnit();
        double perBusy = bytesPerBusyHost(step);
        return new Section(
                "Memory of a live host",
                """
                Hosts of 64 pCPUs with dom0 (4 vCPUs), 40 HVM guests of 2 vCPUs, half of them busy and half periodic, and stub domains for some of the \
                guests, the first of which attacks: alive at simulated 1 s, %d, %d and %d of them. Bytes are the slope of what survives on the heap \
                over the number of hosts; a further stub is the slope over 1, 11 and %d stubs. 1 KB is 1,000 bytes.""".formatted(step, 2 * step, 4 * step, MOST_STUBS),
                List.of(
                        Figure.timed("a live host with one stub", new Samples(one / KB), Target.atMost(150, "%.1f KB")),
                        Figure.timed("a further stub", new Samples(perStub / KB), Target.atMost(2, "%.2f KB")),
                        Figure.stated("the host of 16 pCPUs and 24 busy guests", "%.1f KB", perBusy / KB)));
    }

    private static double bytesPerHost(int stubs, int step) {
        return slope(new LiveHosts(Scenarios.large(1, stubs), SECOND), step);
    }

    private static double bytesPerBusyHost(int step) {
        return slope(new LiveHosts(Scenarios.busy(1, 1, ""), SECOND), step);
    }

    private static double slope(LiveHosts hosts, int step) {
        try (hosts) {
            double[] alive = new double[3];
            double[] bytes = new double[3];
            for (int i = 0; i < alive.length; i++) {
                alive[i] = hosts.add(step << Math.max(0, i - 1));
                bytes[i] = Heap.liveBytes();
            }
            return Slope.of(alive, bytes).perUnit();
        }
    }
}
