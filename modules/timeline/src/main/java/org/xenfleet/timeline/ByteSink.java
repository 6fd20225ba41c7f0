package org.xenfleet.timeline;

import java.util.Arrays;

/** Bytes that grow. Used by one thread. */
final class ByteSink {
    private static final int LONGEST_VARINT = 10;

    private byte[] bytes;
    private int size;

    ByteSink(int expected) {
        bytes = new byte[expected];
    }

    int size() {
        return size;
    }

    /** The bytes, of which {@link #size} are in use. */
    byte[] bytes() {
        return bytes;
    }

    /** Seven bits a byte, lowest first; the number is taken as unsigned. */
    void varint(long value) {
        reserve(LONGEST_VARINT);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    void add(byte[] more) {
        add(more, more.length);
    }

    void add(ByteSink more) {
        add(more.bytes, more.size);
    }

    private void add(byte[] more, int length) {
        reserve(length);
        System.arraycopy(more, 0, bytes, size, length);
        size += length;
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.addExact(size, Math.max(size, more)));
        }
    }
}
