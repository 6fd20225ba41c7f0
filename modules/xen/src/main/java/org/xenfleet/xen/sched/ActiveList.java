package org.xenfleet.xen.sched;

import java.util.Arrays;
import org.xenfleet.xen.Fields;

/** Numbers, the one that came last in front; each at most once. Used by one thread. */
final class ActiveList {
    /** The front is at the end, where numbers come and go most. */
    private int[] numbers = new int[1];

    private int size;

    void addFirst(int number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * size);
        }
        numbers[size++] = number;
    }

    /** Takes a number out, wherever it stands; nothing happens when it is not there. */
    void remove(int number) {
        for (int i = size - 1; i >= 0; i--) {
            if (numbers[i] == number) {
                System.arraycopy(numbers, i + 1, numbers, i, size - i - 1);
                size--;
                return;
            }
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** As they stand now, from the front on. */
    int[] toArray() {
        int[] copy = new int[size];
        for (int i = 0; i < size; i++) {
            copy[i] = numbers[size - 1 - i];
        }
        return copy;
    }

    void fields(String field, Fields f) {
        int n = f.at(field + "s", size);
        if (f.reading()) {
            numbers = new int[Math.max(1, n)];
            size = n;
        }
        for (int i = n - 1; i >= 0; i--) {
            numbers[i] = f.at(field, numbers[i]);
        }
    }
}
