package org.xenfleet.fleet.store;

import java.io.IOException;

/**
 * A store that cannot be used as it was asked for, and that asking again would not change: a place that is none, the store of
 * another machine or run, a wrong password. The message is a sentence that says what would be right.
 */
public final class StoreRefused extends IOException {

    public StoreRefused(String sentence) {
        super(sentence);
    }

    public StoreRefused(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
