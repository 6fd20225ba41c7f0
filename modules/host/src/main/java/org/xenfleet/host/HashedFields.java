package org.xenfleet.host;

import org.xenfleet.timeline.StateHash;
import org.xenfleet.xen.Fields;

/** Hashes fields without a detour by their names: every host does so once a simulated second. Used by one thread. */
final class HashedFields implements Fields {
    private final StateHash hash;

    HashedFields(StateHash hash) {
        this.hash = hash;
    }

    @Override
    public boolean reading() {
        return false;
    }

    @Override
    public long at(String field, long value) {
        hash.add(value);
        return value;
    }

    @Override
    public int at(String field, int value) {
        hash.add(value);
        return value;
    }

    @Override
    public boolean at(String field, boolean value) {
        hash.add(value ? 1 : 0);
        return value;
    }

    @Override
    public void at(String field, long[] values) {
        for (long value : values) {
            hash.add(value);
        }
    }

    @Override
    public void at(String field, int[] values) {
        for (int value : values) {
            hash.add(value);
        }
    }

    @Override
    public void at(String field, boolean[] values) {
        for (boolean value : values) {
            hash.add(value ? 1 : 0);
        }
    }
}
