package org.xenfleet.fleet.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * The file of one piece. All numbers have their highest byte first.
 *
 * <pre>
 *   8 bytes  XFPIECE1
 *   4        length of the name, n
 *   4        length of the content, m
 *   4        CRC32C over all other bytes of the file
 *   n        the name, ASCII
 *   m        the content
 * </pre>
 *
 * Who reads opens the file once: a piece that is replaced meanwhile is read to its end as it was.
 */
final class PieceFile {
    private static final long MAGIC = 0x58465049_45434531L;
    private static final int FIXED = 20;
    private static final int CRC_AT = 16;
    /** Java keeps a buffer outside its heap as large as the largest part it wrote at once, for each thread. */
    private static final int SLICE = 1 << 20;

    private PieceFile() {}

    static void write(FileChannel to, String piece, byte[] content) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(FIXED + piece.length());
        head.putLong(MAGIC).putInt(piece.length()).putInt(content.length).putInt(0);
        head.put(piece.getBytes(StandardCharsets.US_ASCII)).flip();
        head.putInt(CRC_AT, checksum(head.array(), content));
        writeAll(to, head);
        writeAll(to, ByteBuffer.wrap(content));
    }

    /**
     * The content of a piece.
     *
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws DamagedPiece if the file is not whole or holds another piece
     */
    static byte[] read(Path file, String piece) throws IOException {
        try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ)) {
            byte[] head = head(from, file);
            byte[] content = new byte[ByteBuffer.wrap(head).getInt(12)];
            if (from.size() != (long) head.length + content.length || !readAll(from, ByteBuffer.wrap(content))) {
                throw damaged(
                        file,
                        "it has " + from.size() + " bytes where its head says "
                                + ((long) head.length + content.length));
            }
            int stored = ByteBuffer.wrap(head).getInt(CRC_AT);
            ByteBuffer.wrap(head).putInt(CRC_AT, 0);
            if (checksum(head, content) != stored) {
                throw damaged(file, "its checksum does not fit its bytes");
            }
            String held = name(head);
            if (!held.equals(piece)) {
                throw damaged(file, "it holds the piece " + held);
            }
            return content;
        }
    }

    /** The name of the piece that a file holds; what follows the name is not looked at. */
    static String nameIn(Path file) throws IOException {
        try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ)) {
            return name(head(from, file));
        }
    }

    private static byte[] head(FileChannel from, Path file) throws IOException {
        ByteBuffer fixed = ByteBuffer.allocate(FIXED);
        if (!readAll(from, fixed) || fixed.getLong(0) != MAGIC) {
            throw damaged(file, "it does not begin as a piece does");
        }
        int named = fixed.getInt(8);
        int content = fixed.getInt(12);
        if (named < 1 || named > Pieces.LONGEST_NAME || content < 0 || content > Pieces.LARGEST) {
            throw damaged(file, "its head has impossible lengths");
        }
        ByteBuffer head = ByteBuffer.allocate(FIXED + named).put(fixed.flip());
        if (!readAll(from, head)) {
            throw damaged(file, "it ends within its head");
        }
        return head.array();
    }

    private static String name(byte[] head) {
        return new String(head, FIXED, head.length - FIXED, StandardCharsets.US_ASCII);
    }

    /** @param head with zero in place of the checksum */
    private static int checksum(byte[] head, byte[] content) {
        CRC32C crc = new CRC32C();
        crc.update(head);
        crc.update(content);
        return (int) crc.getValue();
    }

    private static void writeAll(FileChannel to, ByteBuffer bytes) throws IOException {
        int end = bytes.limit();
        while (bytes.position() < end) {
            bytes.limit(Math.min(end, bytes.position() + SLICE));
            to.write(bytes);
        }
    }

    /** Whether there was as much as the buffer takes. */
    private static boolean readAll(FileChannel from, ByteBuffer into) throws IOException {
        int end = into.limit();
        while (into.position() < end) {
            into.limit(Math.min(end, into.position() + SLICE));
            if (from.read(into) < 0) {
                return false;
            }
        }
        return true;
    }

    private static DamagedPiece damaged(Path file, String how) {
        return new DamagedPiece("The checkpoint " + file + " is damaged: " + how + ".");
    }
}
