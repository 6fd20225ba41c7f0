package org.xenfleet.timeline;

import java.util.Arrays;

/**
 * The names of fields, each kept once and numbered in the order of their first use; a name that is used for numbers and for
 * texts has two columns. A field mostly follows the one that it followed last time, so that most look-ups are one
 * comparison. Used by one thread.
 */
final class Columns {
    private static final int NONE = -1;

    private String[] names = new String[8];
    private boolean[] texts = new boolean[8];
    /** The column that was used after each. */
    private int[] followers = new int[8];
    /** An open hash table of columns, at most half full. */
    private int[] table = empty(16);

    private int size;
    private int last = NONE;

    int size() {
        return size;
    }

    String name(int column) {
        return names[column];
    }

    boolean isText(int column) {
        return texts[column];
    }

    /** The column of that name, which is made if there is none. */
    int of(String name, boolean text) {
        int column = last == NONE ? NONE : followers[last];
        // the same constant of the program, mostly; a name that is equal but another object is found below
        if (column == NONE || !sameObject(names[column], name) || texts[column] != text) {
            column = find(name, text);
            if (last != NONE) {
                followers[last] = column;
            }
        }
        last = column;
        return column;
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean sameObject(String one, String other) {
        return one == other;
    }

    private int find(String name, boolean text) {
        int slot = slotOf(name, text);
        if (table[slot] == NONE) {
            if (size == names.length) {
                grow();
                slot = slotOf(name, text);
            }
            names[size] = name;
            texts[size] = text;
            followers[size] = NONE;
            table[slot] = size++;
        }
        return table[slot];
    }

    /** Where the column is in the table, or where it would be. */
    private int slotOf(String name, boolean text) {
        int mask = table.length - 1;
        int hash = name.hashCode() * 0x9E3779B9;
        int slot = (hash >>> 16 ^ (text ? 1 : 0)) & mask;
        while (table[slot] != NONE && (texts[table[slot]] != text || !names[table[slot]].equals(name))) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        names = Arrays.copyOf(names, size * 2);
        texts = Arrays.copyOf(texts, size * 2);
        followers = Arrays.copyOf(followers, size * 2);
        table = empty(size * 4);
        for (int column = 0; column < size; column++) {
            table[slotOf(names[column], texts[column])] = column;
        }
    }

    private static int[] empty(int slots) {
        int[] table = new int[slots];
        Arrays.fill(table, NONE);
        return table;
    }
}
