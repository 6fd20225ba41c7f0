package org.xenfleet.fleet;

import java.io.IOException;
import java.util.Optional;

/**
 * Where a run keeps what it needs to go on after its processes died: named pieces of bytes. A piece is written whole or not at
 * all, whoever dies meanwhile; writing a piece again replaces it. As everything in a run is a function of the scenario, two
 * writers of one piece write the same or an earlier state of the same, and neither does harm. Safe for use by many threads,
 * and by many processes at once. The message of every {@link IOException} is a sentence for people that names the store or
 * the file; a store that was closed throws one too.
 */
public interface RunStore extends AutoCloseable {

    /**
     * Replaces a piece. When this returns, every process sees it.
     *
     * @param piece a name of 1 to 200 characters out of ASCII letters, digits and {@code . _ - # @ ~ /}; case matters, and no
     *     name is special
     * @param bytes at most 256 MiB; not kept
     * @throws IllegalArgumentException for another name
     */
    void put(String piece, byte[] bytes) throws IOException;

    /** The piece as it was last put; empty if it never was. A piece that is damaged is an exception, never an answer. */
    Optional<byte[]> get(String piece) throws IOException;

    /**
     * Forgets all pieces whose name begins so. One that is put meanwhile may stay.
     *
     * @param prefix empty for all pieces of the run; otherwise as a name
     */
    void remove(String prefix) throws IOException;

    @Override
    void close() throws IOException;
}
