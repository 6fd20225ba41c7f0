package org.xenfleet.timeline;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Reads one state in the {@link StateFormat}. Used once. Nothing is allocated for a number of things before it is known that
 * so many can be there: each column and each field takes a byte at least.
 */
final class StateDecoder {
    private final byte[] bytes;

    StateDecoder(byte[] bytes) {
        this.bytes = bytes;
    }

    StateBuffer decode() throws DamagedState {
        Source body = body();
        @Nullable String[] names = new @Nullable String[body.count("names")];
        boolean[] texts = new boolean[names.length];
        for (int column = 0; column < names.length; column++) {
            texts[column] = body.varint("the kind of a field") == 1;
            names[column] = body.text("the name of a field");
        }
        int fields = body.count("fields");
        Source order = body.part(body.count("bytes of the order"));
        if (fields > body.left()) {
            throw new DamagedState(
                    "The state cannot have " + fields + " fields, its values have " + body.left() + " bytes.");
        }
        StateBuffer state = new StateBuffer();
        readFields(fields, names, texts, order, body, state);
        order.expectEnd();
        body.expectEnd();
        return state;
    }

    private static void readFields(
            int fields, @Nullable String[] names, boolean[] texts, Source order, Source values, StateBuffer state)
            throws DamagedState {
        long[] previous = new long[names.length];
        int[] followers = new int[names.length + 1];
        Arrays.fill(followers, -1);
        int before = names.length;
        long foreseen = order.varint("the order");
        for (int i = 0; i < fields; i++) {
            int column = followers[before];
            if (foreseen == 0) {
                column = (int) Math.min(order.varint("the order") & Long.MAX_VALUE, Integer.MAX_VALUE);
                foreseen = order.varint("the order");
                followers[before] = column < names.length ? column : -1;
            } else {
                foreseen--;
            }
            String name = column < 0 || column >= names.length ? null : names[column];
            if (name == null) {
                throw new DamagedState("Field " + i + " of the state has no name.");
            }
            before = column;
            if (texts[column]) {
                state.put(name, values.text("the text of " + name));
            } else {
                long step = values.varint("a value");
                previous[column] += step >>> 1 ^ -(step & 1);
                state.put(name, previous[column]);
            }
        }
        if (foreseen != 0) {
            throw new DamagedState("The state names more fields than its " + fields + ".");
        }
    }

    /** What stands between header and check sum, inflated, after both have been found right. */
    private Source body() throws DamagedState {
        if (bytes.length < StateFormat.HEADER + StateFormat.CHECKSUM) {
            throw new DamagedState("A state has at least " + (StateFormat.HEADER + StateFormat.CHECKSUM)
                    + " bytes; here are " + bytes.length + ".");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (in.getInt() != StateFormat.MAGIC) {
            throw new DamagedState("These bytes are no state: they do not begin with XFST.");
        }
        int version = in.get();
        if (version != StateFormat.VERSION) {
            throw new DamagedState(
                    "The state has format " + version + "; this program reads format " + StateFormat.VERSION + ".");
        }
        int form = in.get();
        int plain = in.getInt();
        int stored = in.getInt();
        int found = bytes.length - StateFormat.HEADER - StateFormat.CHECKSUM;
        if (stored != found) {
            throw new DamagedState(
                    "The state should have " + stored + " bytes between its header and its check sum; here are " + found
                            + ": it was cut off, or is damaged.");
        }
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, StateFormat.HEADER + stored);
        int written = in.getInt(StateFormat.HEADER + stored);
        if (written != (int) checksum.getValue()) {
            throw new DamagedState("The state is damaged: its check sum is %08x, and that of its bytes %08x."
                    .formatted(written, (int) checksum.getValue()));
        }
        if (form == StateFormat.PLAIN && plain == stored) {
            return new Source(bytes, StateFormat.HEADER, StateFormat.HEADER + stored);
        }
        boolean possible = plain > 0 && plain <= StateFormat.MOST_BYTES && plain / StateFormat.MOST_INFLATED <= stored;
        if (form != StateFormat.DEFLATED || !possible) {
            throw new DamagedState("The header of the state is wrong: " + stored + " bytes of form " + form + " for "
                    + plain + " bytes.");
        }
        return new Source(inflate(stored, plain), 0, plain);
    }

    private byte[] inflate(int stored, int plain) throws DamagedState {
        byte[] inflated = new byte[plain];
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(bytes, StateFormat.HEADER, stored);
            int length = inflater.inflate(inflated);
            if (length != plain
                    || inflater.inflate(new byte[1]) != 0
                    || !inflater.finished()
                    || inflater.getRemaining() != 0) {
                throw new DamagedState("The state does not inflate to its " + plain + " bytes.");
            }
            return inflated;
        } catch (DataFormatException e) {
            throw new DamagedState("The state cannot be inflated: " + e.getMessage() + ".");
        } finally {
            inflater.end();
        }
    }

    /** Some of the bytes, taken from the front. */
    private static final class Source {
        private final byte[] bytes;
        private final int end;
        private int next;

        Source(byte[] bytes, int from, int end) {
            this.bytes = bytes;
            this.next = from;
            this.end = end;
        }

        int left() {
            return end - next;
        }

        long varint(String what) throws DamagedState {
            long value = 0;
            for (int shift = 0; shift < 64; shift += 7) {
                if (next == end) {
                    throw new DamagedState("The state ends in the middle of " + what + ".");
                }
                byte b = bytes[next++];
                value |= (long) (b & 0x7F) << shift;
                if (b >= 0) {
                    return value;
                }
            }
            throw new DamagedState("A number of the state, " + what + ", has more than 64 bits.");
        }

        /** A number of things that take a byte each at least. */
        int count(String what) throws DamagedState {
            long count = varint("the number of " + what);
            if (count < 0 || count > left()) {
                throw new DamagedState("The state cannot have " + Long.toUnsignedString(count) + " " + what
                        + ", it has " + left() + " more bytes.");
            }
            return (int) count;
        }

        String text(String what) throws DamagedState {
            int length = count("bytes of " + what);
            ByteBuffer part = ByteBuffer.wrap(bytes, next, length);
            next += length;
            try {
                return StandardCharsets.UTF_8.newDecoder().decode(part).toString();
            } catch (CharacterCodingException e) {
                throw new DamagedState("In the state, " + what + " is not UTF-8.");
            }
        }

        Source part(int length) {
            Source part = new Source(bytes, next, next + length);
            next += length;
            return part;
        }

        void expectEnd() throws DamagedState {
            if (next != end) {
                throw new DamagedState("The state has " + left() + " bytes too many.");
            }
        }
    }
}
