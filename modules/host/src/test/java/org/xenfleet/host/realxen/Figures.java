package org.xenfleet.host.realxen;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.xenfleet.host.Recorder;
import org.xenfleet.host.Recorder.Span;

/**
 * What is known of a guest in a window of time, measured or modelled; all in us, NaN where there is none. A run is an
 * uninterrupted stay on a pCPU, a wait an uninterrupted stay in run state runnable, both inside the window.
 *
 * @param share of one pCPU
 * @param wake the median from being woken to running
 */
record Figures(
        double share, int runs, double runMin, double run, double run99, double runMax, double waited, double wake) {
    private static final double US = 1000.0;
    private static final double MEDIAN = 0.5;

    static Figures of(Recorder seen, String guest, long from, long to) {
        long ran = seen.runs.stream()
                .filter(r -> r.domain().equals(guest))
                .mapToLong(r -> Math.max(0, Math.min(r.end(), to) - Math.max(r.start(), from)))
                .sum();
        long[] runs = lengths(seen.runs, guest, from, to);
        return new Figures(
                (double) ran / (to - from),
                runs.length,
                quantile(runs, 0),
                quantile(runs, MEDIAN),
                quantile(runs, 0.99),
                quantile(runs, 1),
                quantile(lengths(seen.waits, guest, from, to), MEDIAN),
                quantile(lengths(seen.lates, guest, from, to), MEDIAN));
    }

    private static long[] lengths(List<Span> spans, String guest, long from, long to) {
        return spans.stream()
                .filter(s -> s.domain().equals(guest) && s.start() > from && s.end() < to)
                .mapToLong(Span::length)
                .sorted()
                .toArray();
    }

    private static double quantile(long[] sorted, double q) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.round(q * (sorted.length - 1))] / US;
    }

    /** The least, median, 99th percentile and greatest run, in whole multiples of a time slice given in ms. */
    TreeSet<Long> runSet(int slice) {
        return LongStream.of(
                        multiple(runMin, slice), multiple(run, slice), multiple(run99, slice), multiple(runMax, slice))
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static long multiple(double us, int slice) {
        return Math.round(us / US / slice) * slice;
    }
}
