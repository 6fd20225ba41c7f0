package org.xenfleet.fleet;

import java.io.IOException;
import java.util.Optional;

/**
 * Where a run keeps what it needs to go on after its processes died: named pieces of bytes. A piece is written whole or not at
 * all, whoever dies meanwhile; writing a piece again replaces it. As everything in a run is a function of the scenario, two
 * writers of one piece write the same or an earlier state of the same, and neither does harm. Safe for use by many threads,
 * and by many processes at once.
 */
public interface RunStore extends AutoCloseable {

    /**
     * Replaces a piece.
     *
     * @param piece a name of at most 200 characters out of letters, digits and {@code . _ - # @ /}
     */
    void put(String piece, byte[] bytes) throws IOException;

    /** The piece as it was last put; empty if it never was. */
    Optional<byte[]> get(String piece) throws IOException;

    /** Forgets all pieces whose name begins so. */
    void remove(String prefix) throws IOException;

    @Override
    void close() throws IOException;
}
