package org.xenfleet.timeline;

/**
 * Bytes that are not the whole state which {@link StateBuffer#encode} once gave. The message is a sentence for people. Checked,
 * as whoever keeps states must be ready to lose one.
 */
public final class DamagedState extends Exception {
    DamagedState(String message) {
        super(message);
    }
}
