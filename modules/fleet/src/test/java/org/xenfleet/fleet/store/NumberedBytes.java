package org.xenfleet.fleet.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;

/** Content by which anybody can tell whether it is whole: its first eight bytes are a number, and all others follow from it. */
public final class NumberedBytes {

    private NumberedBytes() {}

    /** @param length at least 8 */
    public static byte[] of(long number, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length).putLong(number);
        long state = number;
        while (bytes.hasRemaining()) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            bytes.put((byte) (state >>> 56));
        }
        return bytes.array();
    }

    /** The number of content that is whole and as long as expected. */
    public static long numberOf(byte[] content, int length) {
        assertThat(content).hasSize(length);
        long number = ByteBuffer.wrap(content).getLong();
        assertThat(content).isEqualTo(of(number, length));
        return number;
    }
}
