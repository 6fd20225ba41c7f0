package org.xenfleet.host;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.xenfleet.xen.Fields;

/** What one vCPU's calls of one operation came to. Times are ns. Used by one thread. */
final class CallAccount {
    private long calls;
    private long continuations;
    private long iterations;
    private long longestSlice;
    private long longestCall;
    private long finished;
    private final SortedMap<Integer, Long> returned = new TreeMap<>();

    void issued() {
        calls++;
    }

    void slice(long pages, long sliceNs) {
        iterations += pages;
        longestSlice = Math.max(longestSlice, sliceNs);
    }

    void cutOff(long times) {
        continuations += times;
    }

    /** What another vCPU's, or another ledger's, came to is added. */
    void add(CallAccount other) {
        calls += other.calls;
        continuations += other.continuations;
        iterations += other.iterations;
        longestSlice = Math.max(longestSlice, other.longestSlice);
        longestCall = Math.max(longestCall, other.longestCall);
        finished += other.finished;
        other.returned.forEach((with, times) -> returned.merge(with, times, Long::sum));
    }

    void returned(int with) {
        finished++;
        returned.merge(with, 1L, Long::sum);
    }

    void completed(long callNs) {
        longestCall = Math.max(longestCall, callNs);
    }

    long calls() {
        return calls;
    }

    long unfinished() {
        return calls - finished;
    }

    long continuations() {
        return continuations;
    }

    long iterations() {
        return iterations;
    }

    long longestSlice() {
        return longestSlice;
    }

    long longestCall() {
        return longestCall;
    }

    SortedMap<Integer, Long> returned() {
        return returned;
    }

    void fields(Fields f) {
        calls = f.at("calls", calls);
        continuations = f.at("continuations", continuations);
        iterations = f.at("iterations", iterations);
        longestSlice = f.at("longest-slice", longestSlice);
        longestCall = f.at("longest-call", longestCall);
        finished = f.at("finished", finished);
        int n = f.at("results", returned.size());
        Integer[] keys = Arrays.copyOf(returned.keySet().toArray(new Integer[0]), n);
        SortedMap<Integer, Long> old = new TreeMap<>(returned);
        returned.clear();
        for (Integer key : keys) {
            int code = f.at("code", key == null ? 0 : key);
            returned.put(code, f.at("times", key == null ? 0 : old.getOrDefault(key, 0L)));
        }
    }
}
