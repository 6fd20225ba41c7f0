package org.xenfleet.cli.house.bad.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Every field can change from one run to the next. */
@SuppressWarnings({"unused", "MutableConstantField", "NonFinalStaticField"})
public final class Remembers {
    static int count;
    static final int[] TABLE = {1, 2, 3};
    static final ArrayList<String> NAMES = new ArrayList<>();
    static final AtomicLong TOTAL = new AtomicLong();
    static final StringBuilder TEXT = new StringBuilder();
    static final Own OWN = new Own();

    private Remembers() {}

    /** Looks like a constant where it is used. */
    static final class Own {
        int value;
    }

    /** Hides behind an interface. */
    static final class Hidden {
        static final List<String> SEEN = new ArrayList<>();
    }
}
