package org.xenfleet.observe;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads what a {@link ReportWriter} wrote, and believes nothing: no number of things is larger than what could follow it.
 * One thread only.
 */
final class ReportReader {
    private final byte[] bytes;
    private final List<String> texts = new ArrayList<>();
    private int at;

    ReportReader(byte[] bytes) {
        this.bytes = bytes;
    }

    long unsigned() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = next();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new ReportFormatException("a number at byte " + at + " does not end");
    }

    long number() {
        long value = unsigned();
        return value >>> 1 ^ -(value & 1);
    }

    long fixed() {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << Byte.SIZE | next() & 0xffL;
        }
        return value;
    }

    /** How many there are of something that takes a byte or more of what is left. */
    int count() {
        long count = unsigned();
        if (count < 0 || count > bytes.length - at) {
            throw new ReportFormatException("it has a list of " + Long.toUnsignedString(count) + " with "
                    + (bytes.length - at) + " bytes left");
        }
        return (int) count;
    }

    String text() {
        long known = unsigned();
        if (known < 0 || known > texts.size()) {
            throw new ReportFormatException(
                    "it has text " + Long.toUnsignedString(known) + " of " + texts.size() + " texts");
        }
        if (known > 0) {
            return texts.get((int) known - 1);
        }
        char[] chars = new char[count()];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = character();
        }
        String text = new String(chars);
        texts.add(text);
        return text;
    }

    <E extends Enum<E>> E constant(Class<E> kind, String name) {
        for (E constant : kind.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw new ReportFormatException(kind.getSimpleName() + " is \"" + name + "\"");
    }

    long[] numbers(int rows) {
        long[] column = new long[rows];
        long before = 0;
        for (int i = 0; i < rows; i++) {
            before += number();
            column[i] = before;
        }
        return column;
    }

    int[] ints(int rows) {
        long[] wide = numbers(rows);
        int[] column = new int[rows];
        for (int i = 0; i < rows; i++) {
            column[i] = (int) wide[i];
            if (column[i] != wide[i]) {
                throw new ReportFormatException("it has " + wide[i] + " where an int should be");
            }
        }
        return column;
    }

    boolean[] flags(int rows) {
        long[] wide = numbers(rows);
        boolean[] column = new boolean[rows];
        for (int i = 0; i < rows; i++) {
            if (wide[i] != 0 && wide[i] != 1) {
                throw new ReportFormatException("it has " + wide[i] + " where 0 or 1 should be");
            }
            column[i] = wide[i] == 1;
        }
        return column;
    }

    String[] texts(int rows) {
        String[] column = new String[rows];
        for (int i = 0; i < rows; i++) {
            column[i] = text();
        }
        return column;
    }

    int[] counts(int rows) {
        int[] column = new int[rows];
        for (int i = 0; i < rows; i++) {
            column[i] = count();
        }
        return column;
    }

    /** @throws ReportFormatException if something is left */
    void end() {
        if (at != bytes.length) {
            throw new ReportFormatException((bytes.length - at) + " bytes are left over");
        }
    }

    private char character() {
        long value = unsigned();
        if (value < 0 || value > Character.MAX_VALUE) {
            throw new ReportFormatException("it has character " + Long.toUnsignedString(value));
        }
        return (char) value;
    }

    private byte next() {
        if (at == bytes.length) {
            throw new ReportFormatException("it ends after " + at + " bytes");
        }
        return bytes[at++];
    }
}
