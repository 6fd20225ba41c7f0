package org.xenfleet.timeline;

/**
 * The bytes of a state. Numbers of fixed width are big-endian; a <i>varint</i> has seven bits a byte, lowest first, and the
 * highest bit of a byte says that more follow.
 *
 * <pre>
 * int   "XFST"
 * byte  version of the format, 1
 * byte  1 when the body is deflated (raw, RFC 1951), else 0
 * int   bytes of the body
 * int   bytes of the body as it stands here
 *       body
 * int   CRC-32C of all bytes before
 * </pre>
 *
 * The body: varint columns, and of each a byte (1 text, 0 number), the bytes of its name as varint, and the name in UTF-8;
 * varint fields; varint bytes of the order; the order; the values.
 *
 * <p>The order says which column each field is of. A field is <i>foreseen</i> when its column last followed the column of the
 * field before it. The order is: varint, so many fields are foreseen; varint, the column of the one that is not; and again,
 * until all fields have been named.
 *
 * <p>A number is the difference from the last one of its column (0 at first, wrapping), zigzag, as varint. A text is its bytes
 * as varint, and UTF-8.
 */
final class StateFormat {
    static final int MAGIC = 'X' << 24 | 'F' << 16 | 'S' << 8 | 'T';
    static final int VERSION = 1;
    static final int PLAIN = 0;
    static final int DEFLATED = 1;
    static final int HEADER = 14;
    static final int CHECKSUM = 4;
    /** A body that is larger is neither written nor read. */
    static final int MOST_BYTES = 256 << 20;
    /** What deflate can at most make of a byte. */
    static final int MOST_INFLATED = 1032;

    private StateFormat() {}
}
