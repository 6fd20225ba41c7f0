package org.xenfleet.xen.sched.cases;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.xenfleet.xen.sched.VcpuTimes;

/** Who ran where and who waited, as the scheduler told it, and what can be asked of that. Times are ns. */
final class Outcome implements VcpuTimes.Listener {
    /** A run; {@code waited} is how long the vCPU was runnable before it. */
    record Span(int vcpu, int cpu, long start, long end, long waited) {
        long length() {
            return end - start;
        }
    }

    private final List<Span> runs = new ArrayList<>();
    private final List<Span> waits = new ArrayList<>();
    /** By vCPU, the last one. */
    private final Span[] wait;

    Outcome(int vcpus) {
        this.wait = new Span[vcpus];
        Arrays.setAll(wait, v -> new Span(v, 0, -1, -1, 0));
    }

    @Override
    public void ran(int vcpu, int cpu, long start, long end) {
        if (end > start) {
            runs.add(new Span(vcpu, cpu, start, end, wait[vcpu].end == start ? wait[vcpu].length() : 0));
        }
    }

    @Override
    public void waited(int vcpu, int cpu, long start, long end) {
        wait[vcpu] = new Span(vcpu, cpu, start, end, 0);
        waits.add(wait[vcpu]);
    }

    @Override
    public void late(int vcpu, int cpu, long due, long firstInstruction) {}

    List<Span> runs() {
        return List.copyOf(runs);
    }

    /** All runs of a vCPU that began and ended between the two instants. */
    List<Span> wholeRuns(int vcpu, long from, long to) {
        return runs.stream()
                .filter(r -> r.vcpu == vcpu && r.start >= from && r.end < to)
                .toList();
    }

    /** The share of the time between the two instants, in per cent of one pCPU. */
    double share(int vcpu, long from, long to) {
        long ran = runs.stream()
                .filter(r -> r.vcpu == vcpu)
                .mapToLong(r -> Math.max(0, Math.min(r.end, to) - Math.max(r.start, from)))
                .sum();
        return 100.0 * ran / (to - from);
    }

    /** The pCPUs on which the vCPU ran between the two instants, in the order of first use. */
    List<Integer> cpus(int vcpu, long from, long to) {
        return runs.stream()
                .filter(r -> r.vcpu == vcpu && r.end > from && r.start < to)
                .map(Span::cpu)
                .distinct()
                .toList();
    }

    /** What the vCPU waited before each run that began between the two instants; nothing counts as 0. Sorted. */
    long[] waits(int vcpu, long from, long to) {
        return runs.stream()
                .filter(r -> r.vcpu == vcpu && r.start >= from && r.start < to)
                .mapToLong(Span::waited)
                .sorted()
                .toArray();
    }

    /** The longest wait that was under way between the two instants, also one that was never over. */
    long longestWait(int vcpu, long from, long to) {
        return waits.stream()
                .filter(w -> w.vcpu == vcpu && w.end > from && w.start < to)
                .mapToLong(Span::length)
                .max()
                .orElse(0);
    }
}
