package org.xenfleet.observe;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A {@link HostReport} as few bytes, without loss: to keep many of them, to send them and to store them. Reports that are
 * equal have the same bytes on one machine; machines whose zlib differs agree only on what the bytes decode to. Any thread
 * may use it.
 *
 * <p>The bytes: {@code X}, {@code H}, the version of the format, and the content as a zlib stream, which ends with a
 * checksum. What the content is, {@link ReportLayout} says.
 */
public final class HostReportCodec {
    private static final byte FIRST = 'X';
    private static final byte SECOND = 'H';
    private static final byte VERSION = 1;
    private static final int HEADER = 3;
    private static final int SPARE = 64;

    private HostReportCodec() {}

    /** The report as bytes; nothing in it may be null. */
    public static byte[] encode(HostReport report) {
        ReportWriter content = new ReportWriter();
        ReportLayout.write(report, content);
        byte[] plain = content.written();
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            deflater.setInput(plain);
            deflater.finish();
            byte[] encoded = new byte[HEADER + SPARE + plain.length];
            encoded[0] = FIRST;
            encoded[1] = SECOND;
            encoded[2] = VERSION;
            int size = HEADER;
            while (!deflater.finished()) {
                encoded = size < encoded.length ? encoded : Arrays.copyOf(encoded, 2 * size);
                size += deflater.deflate(encoded, size, encoded.length - size);
            }
            return Arrays.copyOf(encoded, size);
        } finally {
            deflater.end();
        }
    }

    /** @throws ReportFormatException if the bytes are not those of a whole report, with a sentence that says why */
    public static HostReport decode(byte[] encoded) {
        if (encoded.length < HEADER || encoded[0] != FIRST || encoded[1] != SECOND) {
            throw new ReportFormatException("it does not begin with XH");
        }
        if (encoded[2] != VERSION) {
            throw new ReportFormatException("it has version " + Byte.toUnsignedInt(encoded[2])
                    + " of the format, and only version " + VERSION + " is known");
        }
        ReportReader content = new ReportReader(inflated(encoded));
        HostReport report = ReportLayout.read(content);
        content.end();
        return report;
    }

    private static byte[] inflated(byte[] encoded) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(encoded, HEADER, encoded.length - HEADER);
            byte[] plain = new byte[SPARE + 2 * encoded.length];
            int size = 0;
            while (!inflater.finished()) {
                plain = size < plain.length ? plain : Arrays.copyOf(plain, 2 * size);
                int more = inflater.inflate(plain, size, plain.length - size);
                if (more == 0 && !inflater.finished()) {
                    throw new ReportFormatException("its deflated content does not end");
                }
                size += more;
            }
            if (inflater.getRemaining() > 0) {
                throw new ReportFormatException(inflater.getRemaining() + " bytes follow it");
            }
            return Arrays.copyOf(plain, size);
        } catch (DataFormatException e) {
            throw new ReportFormatException("its deflated content is damaged (" + e.getMessage() + ")", e);
        } finally {
            inflater.end();
        }
    }
}
