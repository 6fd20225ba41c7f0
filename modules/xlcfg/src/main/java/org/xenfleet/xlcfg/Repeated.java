package org.xenfleet.xlcfg;

import java.util.HashMap;
import java.util.Map;

/** Keeps one object for a short text that a file repeats, so that a file of a million settings takes less memory. */
final class Repeated {
    private static final int LONGEST = 32;
    private static final int MOST = 4096;

    private final Map<String, XlValue.Scalar> scalars = new HashMap<>();

    String text(String text) {
        return scalar(text).text();
    }

    XlValue.Scalar scalar(String text) {
        XlValue.Scalar known = scalars.get(text);
        if (known != null) {
            return known;
        }
        XlValue.Scalar scalar = XlValue.Scalar.of(text);
        if (text.length() <= LONGEST && scalars.size() < MOST) {
            scalars.put(text, scalar);
        }
        return scalar;
    }
}
