package org.xenfleet.xlcfg;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How full the stack of xl's own parser would be while it reads one list. That stack has a limit, and so has nesting: some
 * 4996 brackets where each list is the first item of its outer list, some 1999 where it stands after another item.
 * Measured on libxlutil of 4.17, bracket by bracket.
 *
 * <p>Each method answers whether the stack still holds. For one thread.
 */
final class ParserStack {
    /** The parser gives up when this many entries lie on its stack. */
    private static final int LIMIT = 10_000;

    /** What lies there before the first bracket: the start, the statements before, the name and its operator. */
    private static final int BEFORE_THE_VALUE = 4;

    /** A bracket, or a comma with the items before it, and the newlines that may follow: one entry each. */
    private static final int OPENED = 2;

    private static final int AFTER_A_COMMA = 3;

    private final Deque<Integer> floors = new ArrayDeque<>();
    private int entries = BEFORE_THE_VALUE;

    boolean open() {
        entries += OPENED;
        floors.push(entries);
        return holds(entries);
    }

    /** A text or a number, and the newlines after it. */
    boolean item() {
        entries += 2;
        return holds(entries);
    }

    boolean newline() {
        return holds(entries + 1);
    }

    boolean comma() {
        entries = floor() + AFTER_A_COMMA;
        return holds(entries);
    }

    /** The bracket closes over all items as one entry; then the list is an item itself. */
    boolean close() {
        boolean holds = holds(floor() + 2);
        entries = floors.pop();
        return holds;
    }

    private int floor() {
        return floors.element();
    }

    private static boolean holds(int entries) {
        return entries < LIMIT;
    }
}
