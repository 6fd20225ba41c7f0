package org.xenfleet.timeline;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.commons.rng.RestorableUniformRandomProvider;
import org.apache.commons.rng.core.RandomProviderDefaultState;
import org.apache.commons.rng.simple.RandomSource;

/**
 * A stream of random numbers that belongs to one (seed, replication, entity, purpose): the same key gives the same
 * stream, on any JVM and whatever others draw. Can be written down at any point. Used by one thread.
 */
public final class KeyedRandom implements Snapshottable {
    private static final double TWO_TO_MINUS_53 = 0x1.0p-53;

    private final RestorableUniformRandomProvider source;

    private KeyedRandom(RestorableUniformRandomProvider source) {
        this.source = source;
    }

    public static KeyedRandom of(long seed, int replication, String entity, String purpose) {
        byte[] key = (seed + "/" + replication + "/" + entity + "/" + purpose).getBytes(StandardCharsets.UTF_8);
        ByteBuffer hash = ByteBuffer.wrap(sha256(key));
        long[] state = {hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong()};
        return new KeyedRandom(RandomSource.L64_X128_MIX.create(state));
    }

    /** Uniform in [0, bound); {@code bound} is at least 1. */
    public long below(long bound) {
        return source.nextLong(bound);
    }

    /** Exponential with that mean, rounded down, at least 1; computed with {@link StrictMath} only. */
    public long exponential(long mean) {
        double uniform = ((source.nextLong() >>> 11) + 1) * TWO_TO_MINUS_53;
        return Math.max(1, (long) (-StrictMath.log(uniform) * mean));
    }

    @Override
    public void write(StateWriter out) {
        byte[] state = ((RandomProviderDefaultState) source.saveState()).getState();
        ByteBuffer padded =
                ByteBuffer.allocate((state.length + 7) / 8 * 8).put(state).rewind();
        long[] words = new long[padded.capacity() / 8];
        padded.asLongBuffer().get(words);
        out.put("random-bytes", state.length);
        out.put("random", words);
    }

    @Override
    public void read(StateReader in) {
        int length = in.getInt("random-bytes");
        long[] words = in.getLongs("random");
        ByteBuffer bytes = ByteBuffer.allocate(words.length * 8);
        bytes.asLongBuffer().put(words);
        byte[] state = new byte[length];
        bytes.get(state);
        source.restoreState(new RandomProviderDefaultState(state));
    }

    private static byte[] sha256(byte[] input) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(input);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
