package org.xenfleet.xlcfg;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** A nested list laid out in one row, with marks for the brackets, by an explicit stack instead of recursion. */
final class Flat {
    private enum Mark {
        OPEN,
        CLOSE
    }

    private Flat() {}

    /** Equal rows mean equal lists. */
    static List<Object> of(XlValue.ListOf list) {
        List<Object> row = new ArrayList<>();
        Deque<Iterator<XlValue>> open = new ArrayDeque<>();
        row.add(Mark.OPEN);
        open.push(list.items().iterator());
        while (!open.isEmpty()) {
            if (!open.element().hasNext()) {
                open.pop();
                row.add(Mark.CLOSE);
                continue;
            }
            XlValue item = open.element().next();
            if (item instanceof XlValue.ListOf inner) {
                row.add(Mark.OPEN);
                open.push(inner.items().iterator());
            } else {
                row.add(item);
            }
        }
        return row;
    }

    static String toString(XlValue.ListOf list) {
        StringBuilder out = new StringBuilder();
        boolean first = true;
        for (Object part : of(list)) {
            if (!first && part != Mark.CLOSE) {
                out.append(", ");
            }
            out.append(part == Mark.OPEN ? "[" : part == Mark.CLOSE ? "]" : part);
            first = part == Mark.OPEN;
        }
        return out.toString();
    }
}
