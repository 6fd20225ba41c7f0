package org.xenfleet.xlcfg;

import java.util.Objects;

/**
 * Something to tell the author of a file, as a full sentence.
 *
 * @param line 1 and up, or 0 when it concerns the file as a whole, such as a key that is missing
 */
public record XlNotice(int line, String message) {
    public XlNotice {
        Objects.requireNonNull(message);
        if (line < 0) {
            throw new IllegalArgumentException("A line is 0 or more, not " + line);
        }
    }
}
