package org.xenfleet.xlcfg;

import java.util.Objects;

/**
 * One assignment as it stands in the file, before {@code +=} is applied.
 *
 * @param operator {@code =} or {@code +=}
 * @param line where the value begins, 1 and up
 */
public record XlSetting(String name, String operator, int line, XlValue value) {
    static final String ASSIGN = "=";
    static final String APPEND = "+=";

    public XlSetting {
        Objects.requireNonNull(name);
        Objects.requireNonNull(value);
        if (!operator.equals(ASSIGN) && !operator.equals(APPEND)) {
            throw new IllegalArgumentException("The operator is = or +=, not " + operator);
        }
    }

    boolean appends() {
        return operator.equals(APPEND);
    }
}
