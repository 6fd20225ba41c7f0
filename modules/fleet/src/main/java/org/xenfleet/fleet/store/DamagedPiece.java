package org.xenfleet.fleet.store;

import java.io.IOException;

/** A piece is there and cannot be trusted. The message is a sentence that names its file. */
public final class DamagedPiece extends IOException {

    DamagedPiece(String sentence) {
        super(sentence);
    }
}
