package org.xenfleet.fleet.store;

import java.io.IOException;

/** What every store asks of pieces, so that a run that works on one works on all. */
public final class Pieces {
    public static final int LONGEST_NAME = 200;
    public static final int LARGEST = 256 << 20;

    private Pieces() {}

    /** @throws IllegalArgumentException unless it is a name as {@link org.xenfleet.fleet.RunStore#put} wants it */
    public static void checkName(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("A piece has a name.");
        }
        checkPrefix(name);
    }

    /** The same for what names may begin with, which may be empty. */
    public static void checkPrefix(String prefix) {
        if (prefix.length() > LONGEST_NAME || !prefix.chars().allMatch(Pieces::isAllowed)) {
            throw new IllegalArgumentException("'" + prefix + "' does not name a piece: at most " + LONGEST_NAME
                    + " ASCII letters, digits and . _ - # @ ~ / do.");
        }
    }

    /** Refuses what is larger than {@link #LARGEST}. */
    public static void checkSize(String piece, byte[] bytes) throws IOException {
        if (bytes.length > LARGEST) {
            throw new IOException("Piece " + piece + " has " + bytes.length + " bytes, and a store takes at most "
                    + LARGEST + " in one.");
        }
    }

    static boolean isUpperCase(int c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isAllowed(int c) {
        return (c >= 'a' && c <= 'z') || isUpperCase(c) || (c >= '0' && c <= '9') || "._-#@~/".indexOf(c) >= 0;
    }
}
