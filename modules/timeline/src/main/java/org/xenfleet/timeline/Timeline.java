package org.xenfleet.timeline;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is due, ordered by (time, sequence). The sequence is given when an entry is scheduled and never wraps, so entries
 * of one instant are due in the order in which they were scheduled. Scheduling, cancelling and taking cost O(log n).
 * Times are nanoseconds of virtual time. Used by one thread.
 */
public final class Timeline {
    /** One scheduled message; a handle to cancel it by. */
    public static final class Entry {
        private final long time;
        private final long sequence;
        private final int target;
        private final Message message;
        private int index;

        private Entry(long time, long sequence, int target, Message message) {
            this.time = time;
            this.sequence = sequence;
            this.target = target;
            this.message = message;
        }

        public long time() {
            return time;
        }

        public long sequence() {
            return sequence;
        }

        public int target() {
            return target;
        }

        public Message message() {
            return message;
        }

        /** Whether it is still to come: neither taken nor cancelled. */
        public boolean isScheduled() {
            return index != TAKEN;
        }

        private boolean isBefore(Entry other) {
            return time < other.time || (time == other.time && sequence < other.sequence);
        }
    }

    private static final int TAKEN = -1;
    private static final Comparator<Entry> DUE_FIRST = (a, b) -> a == b ? 0 : a.isBefore(b) ? -1 : 1;

    private @Nullable Entry[] heap = new Entry[64];
    private int size;
    private long nextSequence;
    /** While a snapshot is restored: what it had scheduled, by sequence. */
    private Entry[] restored = {};

    public Entry schedule(long time, int target, Message message) {
        Entry entry = new Entry(time, nextSequence++, target, message);
        insert(entry);
        return entry;
    }

    /** Takes the entry out; false when it was already taken or cancelled. */
    public boolean cancel(Entry entry) {
        int hole = entry.index;
        if (hole == TAKEN) {
            return false;
        }
        entry.index = TAKEN;
        Entry last = removeLast();
        if (last != entry) {
            place(hole, last);
            siftUp(last);
            siftDown(last);
        }
        return true;
    }

    /** Takes the entries out whose messages are meant. O(n log n). */
    void cancelAll(Predicate<Message> meant) {
        for (Entry entry : Arrays.copyOf(heap, size)) {
            if (entry != null && meant.test(entry.message)) {
                cancel(entry);
            }
        }
    }

    /** Takes all entries out. */
    public void clear() {
        while (size > 0) {
            removeLast().index = TAKEN;
        }
    }

    /** The time of the first entry, or {@link Long#MAX_VALUE} when nothing is scheduled. */
    public long nextTime() {
        Entry first = heap[0];
        return first == null ? Long.MAX_VALUE : first.time;
    }

    /** Takes the first entry; nothing scheduled is an {@link IllegalStateException}. */
    public Entry take() {
        Entry first = heap[0];
        if (first == null) {
            throw new IllegalStateException("nothing is scheduled");
        }
        cancel(first);
        return first;
    }

    public int size() {
        return size;
    }

    /**
     * The scheduled entry of that sequence, while a snapshot is restored; none is an {@link IllegalStateException}. O(log n).
     */
    Entry restored(long sequence) {
        int low = 0;
        int high = restored.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Entry entry = restored[middle];
            if (entry.sequence == sequence) {
                return entry;
            }
            if (entry.sequence < sequence) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        throw new IllegalStateException("nothing scheduled has sequence " + sequence);
    }

    /** All entries that were read have been asked for. */
    void endRestoring() {
        restored = new Entry[0];
    }

    void write(StateWriter out, MessageCodec codec) {
        Entry[] entries = new Entry[size];
        for (int i = 0; i < size; i++) {
            entries[i] = at(i);
        }
        Arrays.sort(entries, DUE_FIRST);
        out.put("next-sequence", nextSequence);
        out.put("entries", entries.length);
        for (Entry entry : entries) {
            out.put("time", entry.time);
            out.put("sequence", entry.sequence);
            out.put("target", entry.target);
            codec.write(entry.message, out);
        }
    }

    void read(StateReader in, MessageCodec codec) {
        Arrays.fill(heap, null);
        size = 0;
        nextSequence = in.getLong("next-sequence");
        int entries = in.getInt("entries");
        for (int i = 0; i < entries; i++) {
            long time = in.getLong("time");
            long sequence = in.getLong("sequence");
            int target = in.getInt("target");
            insert(new Entry(time, sequence, target, codec.read(in)));
        }
        restored = new Entry[size];
        for (int i = 0; i < size; i++) {
            restored[i] = at(i);
        }
        Arrays.sort(restored, Comparator.comparingLong(Entry::sequence));
    }

    private void insert(Entry entry) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        place(size++, entry);
        siftUp(entry);
    }

    private Entry removeLast() {
        Entry last = at(--size);
        heap[size] = null;
        return last;
    }

    private void siftUp(Entry entry) {
        int index = entry.index;
        while (index > 0) {
            Entry parent = at((index - 1) >> 2);
            if (!entry.isBefore(parent)) {
                break;
            }
            int above = parent.index;
            place(index, parent);
            index = above;
        }
        place(index, entry);
    }

    private void siftDown(Entry entry) {
        int index = entry.index;
        while (true) {
            int child = (index << 2) + 1;
            if (child >= size) {
                break;
            }
            Entry least = at(child);
            for (int i = child + 1; i < Math.min(child + 4, size); i++) {
                if (at(i).isBefore(least)) {
                    least = at(i);
                }
            }
            if (!least.isBefore(entry)) {
                break;
            }
            int below = least.index;
            place(index, least);
            index = below;
        }
        place(index, entry);
    }

    private void place(int index, Entry entry) {
        heap[index] = entry;
        entry.index = index;
    }

    private Entry at(int index) {
        Entry entry = heap[index];
        if (entry == null) {
            throw new IllegalStateException("hole in the heap");
        }
        return entry;
    }
}
