package org.xenfleet.cluster.wire;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Compresses messages in the zlib format. Has no state; any thread may use it. */
final class Deflation {
    private static final int CHUNK = 4096;

    private Deflation() {}

    static byte[] deflate(byte[] message) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            deflater.setInput(message);
            deflater.finish();
            ByteArrayOutputStream deflated = new ByteArrayOutputStream(message.length / 2 + 16);
            byte[] chunk = new byte[CHUNK];
            while (!deflater.finished()) {
                deflated.write(chunk, 0, deflater.deflate(chunk));
            }
            return deflated.toByteArray();
        } finally {
            deflater.end();
        }
    }

    /** @throws IllegalArgumentException if these are no compressed bytes, or more than that many before */
    static byte[] inflate(byte[] deflated, int most) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(deflated);
            ByteArrayOutputStream message = new ByteArrayOutputStream(Math.min(most, deflated.length * 4));
            byte[] chunk = new byte[CHUNK];
            while (!inflater.finished()) {
                int count = inflater.inflate(chunk);
                if (count == 0 && !inflater.finished()) {
                    throw new IllegalArgumentException("the compressed bytes end early");
                }
                message.write(chunk, 0, count);
                if (message.size() > most) {
                    throw new IllegalArgumentException("the compressed bytes hold more than " + most + " bytes");
                }
            }
            if (inflater.getRemaining() > 0) {
                throw new IllegalArgumentException(inflater.getRemaining() + " bytes too many");
            }
            return message.toByteArray();
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("these are no compressed bytes", e);
        } finally {
            inflater.end();
        }
    }
}
