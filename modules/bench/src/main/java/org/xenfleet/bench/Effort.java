package org.xenfleet.bench;

/** How much is done. */
public enum Effort {
    /** Enough to see that everything works and counts right. */
    QUICK,
    /** Enough for figures. */
    FULL;

    public int of(int full, int quick) {
        return this == FULL ? full : quick;
    }
}
