package org.xenfleet.cluster.wire;

import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.io.Input;

/**
 * Reads an array of bytes and believes no length in it that the rest of the bytes cannot hold, so that a short message
 * never makes a large array.
 */
final class BoundedInput extends Input {

    BoundedInput(byte[] bytes) {
        super(bytes);
    }

    /** How many elements follow. Every element has at least one byte. */
    int readSize() {
        return check(readVarInt(true));
    }

    /** @throws KryoException if there is something after the message */
    void expectEnd() {
        if (position() != limit()) {
            throw new KryoException((limit() - position()) + " bytes too many");
        }
    }

    /** The length of a string that is not ASCII, plus one. */
    @Override
    public int readVarIntFlag(boolean optimizePositive) {
        int length = super.readVarIntFlag(optimizePositive);
        return length == 0 ? 0 : check(length - 1) + 1;
    }

    @Override
    public byte[] readBytes(int length) {
        return super.readBytes(check(length));
    }

    /** Kryo reads ints and longs as numbers of one byte or more. */
    @Override
    public int[] readInts(int length, boolean optimizePositive) {
        return super.readInts(check(length), optimizePositive);
    }

    @Override
    public long[] readLongs(int length, boolean optimizePositive) {
        return super.readLongs(check(length), optimizePositive);
    }

    private int check(int length) {
        int left = limit() - position();
        if (length < 0 || length > left) {
            throw new KryoException("something of length " + length + ", where at most " + left + " can follow");
        }
        return length;
    }
}
