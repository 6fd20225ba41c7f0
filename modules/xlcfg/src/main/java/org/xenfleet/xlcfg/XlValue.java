package org.xenfleet.xlcfg;

import java.util.List;
import java.util.Objects;

/** The right-hand side of an assignment. Text holds one char per byte of the file (ISO 8859-1). */
public sealed interface XlValue {

    /**
     * One value; {@code 7}, {@code "7"} and {@code '7'} are the same (xlcfg-grammar section 1.4).
     *
     * @param text with the escapes resolved
     * @param number whether xl can read the text as a number: C's strtol with base 0 takes all of it; {@code 08} and
     *     {@code 1e3} are not, although they may stand without quotes
     */
    record Scalar(String text, boolean number) implements XlValue {
        public Scalar {
            Objects.requireNonNull(text);
        }

        static Scalar of(String text) {
            return new Scalar(text, CLong.parse(text).kind() == CLong.Kind.NUMBER);
        }

        @Override
        public String toString() {
            return number ? text : '"' + text + '"';
        }
    }

    /** A list, whose items may be lists. Its methods do not recurse, so that depth is no danger to the stack. */
    record ListOf(List<XlValue> items) implements XlValue {
        public ListOf {
            items = List.copyOf(items);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ListOf list && Flat.of(this).equals(Flat.of(list));
        }

        @Override
        public int hashCode() {
            return Flat.of(this).hashCode();
        }

        @Override
        public String toString() {
            return Flat.toString(this);
        }
    }
}
