package org.xenfleet.observe;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * The values of a report as bytes, before they are deflated; {@link ReportReader} reads them in the same order. Integers
 * are as short as they are small. A text is written out once and is a number from then on. The records of a list are
 * written column by column, and of a column each number's difference to the one before. One thread only.
 */
final class ReportWriter {
    private static final int FIRST_SIZE = 8192;

    /** Bytes of the longest {@link #unsigned} number. */
    private static final int LONGEST = 10;

    private final Map<String, Integer> texts = new LinkedHashMap<>();
    private byte[] bytes = new byte[FIRST_SIZE];
    private int size;

    /** Seven bits a byte, lowest first; all but the last byte have the highest bit. A negative number takes ten bytes. */
    void unsigned(long value) {
        room(LONGEST);
        long left = value;
        while ((left & ~0x7fL) != 0) {
            bytes[size++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        bytes[size++] = (byte) left;
    }

    /** Short if it is near zero, on either side. */
    void number(long value) {
        unsigned(value << 1 ^ value >> 63);
    }

    /** Eight bytes, highest first: for numbers of which all values are as likely. */
    void fixed(long value) {
        room(Long.BYTES);
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    /** Every text there is, lone surrogates too. */
    void text(String value) {
        Integer known = texts.putIfAbsent(value, texts.size() + 1);
        if (known != null) {
            unsigned(known);
            return;
        }
        unsigned(0);
        unsigned(value.length());
        for (int i = 0; i < value.length(); i++) {
            unsigned(value.charAt(i));
        }
    }

    <T> void numbers(List<T> rows, ToLongFunction<? super T> column) {
        long before = 0;
        for (T row : rows) {
            long value = column.applyAsLong(row);
            number(value - before);
            before = value;
        }
    }

    <T> void texts(List<T> rows, Function<? super T, String> column) {
        for (T row : rows) {
            text(column.apply(row));
        }
    }

    /** How many there are of something, row by row. */
    <T> void counts(List<T> rows, ToIntFunction<? super T> column) {
        for (T row : rows) {
            unsigned(column.applyAsInt(row));
        }
    }

    byte[] written() {
        return Arrays.copyOf(bytes, size);
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
    }
}
