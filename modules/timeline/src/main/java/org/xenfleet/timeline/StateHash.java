package org.xenfleet.timeline;

/**
 * A rolling 64-bit hash of what is written to it; the order matters, names do not. Not cryptographic. The same on every
 * JVM. Used by one thread.
 */
public final class StateHash implements StateWriter {
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private long hash;

    /** Starts from {@code seed}; two hashes that were given the same values from the same seed are equal. */
    public StateHash(long seed) {
        this.hash = seed;
    }

    public void add(long value) {
        long h = (hash ^ value) * MULTIPLIER;
        h ^= h >>> 32;
        hash = h + MULTIPLIER;
    }

    @Override
    public void put(String field, long value) {
        add(value);
    }

    @Override
    public void put(String field, String value) {
        add(value.length());
        for (int i = 0; i < value.length(); i++) {
            add(value.charAt(i));
        }
    }

    public long value() {
        return hash;
    }

    void reset(long value) {
        hash = value;
    }
}
