package org.xenfleet.host;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.xenfleet.xen.Fields;
import org.xenfleet.xen.operation.RangeRequest;

/**
 * The hypercalls of one vCPU: the one under way, as its registers hold it, and the account of all. Times are ns. Used by
 * one thread.
 */
final class CallLedger {
    private static final long NONE = -1;

    /** Where the call under way is. */
    private enum Registers {
        NO_CALL,
        IN_XEN,
        REWOUND,
        RETURNED
    }

    private Registers registers = Registers.NO_CALL;
    private int operation;
    private RangeRequest request = new RangeRequest(true, 0, 0, 0, 0);
    private int result;
    private long issuedAt = NONE;

    private long calls;
    private long continuations;
    private long iterations;
    private long longestSlice;
    private long longestCall;
    private long finished;
    private boolean lost;
    private final SortedMap<Integer, Long> returned = new TreeMap<>();

    void issue(int ofOperation, RangeRequest with, long now) {
        calls++;
        operation = ofOperation;
        request = with;
        issuedAt = now;
        registers = Registers.IN_XEN;
    }

    /** The instruction pointer was moved back to the call, with these arguments. */
    void rewind(RangeRequest with, long pages, long sliceNs) {
        continuations++;
        slice(pages, sliceNs);
        request = with;
        registers = Registers.REWOUND;
    }

    void returns(int with, long pages, long sliceNs) {
        slice(pages, sliceNs);
        finished++;
        returned.merge(with, 1L, Long::sum);
        result = with;
        registers = Registers.RETURNED;
    }

    void slice(long pages, long sliceNs) {
        iterations += pages;
        longestSlice = Math.max(longestSlice, sliceNs);
    }

    /** Whether the vCPU's next instruction is the call again; if so the call goes into Xen. */
    boolean reissues() {
        if (registers != Registers.REWOUND) {
            return false;
        }
        registers = Registers.IN_XEN;
        return true;
    }

    /** Whether the vCPU executes its first instruction after a call; the call is then over. */
    boolean completes(long now) {
        if (registers != Registers.RETURNED) {
            return false;
        }
        longestCall = Math.max(longestCall, now - issuedAt);
        registers = Registers.NO_CALL;
        return true;
    }

    /**
     * Whether the vCPU runs in its guest although its call neither returned nor was rewound: its progress is then lost for
     * good, and the call stays unfinished.
     */
    boolean loses() {
        lost |= registers == Registers.IN_XEN;
        return lost;
    }

    boolean isLost() {
        return lost;
    }

    int operation() {
        return operation;
    }

    RangeRequest request() {
        return request;
    }

    int result() {
        return result;
    }

    long issuedAt() {
        return issuedAt;
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
        registers = Registers.values()[f.at("registers", registers.ordinal())];
        operation = f.at("operation", operation);
        request = request.fields(f);
        result = f.at("result", result);
        issuedAt = f.at("issued-at", issuedAt);
        calls = f.at("calls", calls);
        continuations = f.at("continuations", continuations);
        iterations = f.at("iterations", iterations);
        longestSlice = f.at("longest-slice", longestSlice);
        longestCall = f.at("longest-call", longestCall);
        finished = f.at("finished", finished);
        lost = f.at("lost", lost);
        int n = f.at("results", returned.size());
        Integer[] keys = Arrays.copyOf(returned.keySet().toArray(new Integer[0]), n);
        Map<Integer, Long> old = Map.copyOf(returned);
        returned.clear();
        for (Integer key : keys) {
            int code = f.at("code", key == null ? 0 : key);
            returned.put(code, f.at("times", key == null ? 0 : old.getOrDefault(key, 0L)));
        }
    }
}
