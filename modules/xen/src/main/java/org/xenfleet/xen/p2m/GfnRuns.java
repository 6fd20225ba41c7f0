package org.xenfleet.xen.p2m;

import java.util.Arrays;
import org.xenfleet.xen.Fields;

/**
 * A value for every number from 0, kept as runs of equal values, so that a range of a million pages costs as much as one.
 * A set is O(runs). Used by one thread.
 */
final class GfnRuns {
    private long[] start;
    private int[] value;
    private int size;

    GfnRuns(int everywhere) {
        start = new long[1];
        value = new int[1];
        value[0] = everywhere;
        size = 1;
    }

    int get(long number) {
        return value[indexOf(number)];
    }

    /** The first number after {@code number} at which another run starts, or {@link Long#MAX_VALUE}. */
    long endOfRun(long number) {
        int index = indexOf(number);
        return index + 1 < size ? start[index + 1] : Long.MAX_VALUE;
    }

    /** Where the run begins that goes on for ever. */
    long startOfLastRun() {
        return start[size - 1];
    }

    /** Sets [from, to) to {@code newValue}. */
    void set(long from, long to, int newValue) {
        if (from >= to) {
            return;
        }
        int first = indexOf(from);
        int last = indexOf(to - 1);
        long endOfLast = last + 1 < size ? start[last + 1] : Long.MAX_VALUE;
        int valueAfter = value[last];
        long[] newStart = new long[size + 2];
        int[] newValues = new int[size + 2];
        int n = 0;
        for (int i = 0; i <= first; i++) {
            if (start[i] < from) {
                n = append(newStart, newValues, n, start[i], value[i]);
            }
        }
        n = append(newStart, newValues, n, from, newValue);
        if (to < endOfLast) {
            n = append(newStart, newValues, n, to, valueAfter);
        }
        for (int i = last + 1; i < size; i++) {
            n = append(newStart, newValues, n, start[i], value[i]);
        }
        start = Arrays.copyOf(newStart, n);
        value = Arrays.copyOf(newValues, n);
        size = n;
    }

    private static int append(long[] starts, int[] values, int n, long from, int newValue) {
        if (n > 0 && values[n - 1] == newValue) {
            return n;
        }
        starts[n] = from;
        values[n] = newValue;
        return n + 1;
    }

    int runs() {
        return size;
    }

    private int indexOf(long number) {
        int found = Arrays.binarySearch(start, 0, size, number);
        return found >= 0 ? found : -found - 2;
    }

    void fields(Fields f) {
        size = f.at("runs", size);
        if (size > start.length) {
            start = new long[size];
            value = new int[size];
        }
        for (int i = 0; i < size; i++) {
            start[i] = f.at("run-start", start[i]);
            value[i] = f.at("run-value", value[i]);
        }
    }
}
