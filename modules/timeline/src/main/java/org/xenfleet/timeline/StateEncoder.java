package org.xenfleet.timeline;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;

/** Writes one state in the {@link StateFormat}. Used once. */
final class StateEncoder {
    private static final int TOO_SMALL_TO_DEFLATE = 128;

    private final StateBuffer state;
    private final Columns columns;

    StateEncoder(StateBuffer state) {
        this.state = state;
        this.columns = state.columns();
    }

    byte[] encode() {
        ByteSink body = body();
        if (body.size() > StateFormat.MOST_BYTES) {
            throw new IllegalStateException("a state of " + body.size() + " bytes cannot be stored, only one of "
                    + StateFormat.MOST_BYTES + " bytes");
        }
        byte[] bytes = new byte[StateFormat.HEADER + body.size() + StateFormat.CHECKSUM];
        int deflated = body.size() < TOO_SMALL_TO_DEFLATE ? 0 : deflate(body, bytes);
        int stored = deflated == 0 ? body.size() : deflated;
        ByteBuffer out = ByteBuffer.wrap(bytes, 0, StateFormat.HEADER + stored + StateFormat.CHECKSUM);
        out.putInt(StateFormat.MAGIC)
                .put((byte) StateFormat.VERSION)
                .put((byte) (deflated == 0 ? StateFormat.PLAIN : StateFormat.DEFLATED))
                .putInt(body.size())
                .putInt(stored);
        if (deflated == 0) {
            out.put(body.bytes(), 0, stored);
        }
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, StateFormat.HEADER + stored);
        out.position(StateFormat.HEADER + stored).putInt((int) checksum.getValue());
        return out.limit() == bytes.length ? bytes : Arrays.copyOf(bytes, out.limit());
    }

    /** Deflates behind the header; 0 when that is not smaller. */
    private static int deflate(ByteSink body, byte[] into) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(body.bytes(), 0, body.size());
            deflater.finish();
            int length = deflater.deflate(into, StateFormat.HEADER, body.size() - 1);
            return deflater.finished() ? length : 0;
        } finally {
            deflater.end();
        }
    }

    private ByteSink body() {
        ByteSink order = new ByteSink(state.size() / 8 + 64);
        ByteSink values = new ByteSink(state.size() * 2 + 64);
        writeFields(order, values);
        ByteSink body = new ByteSink(order.size() + values.size() + columns.size() * 24 + 32);
        body.varint(columns.size());
        for (int column = 0; column < columns.size(); column++) {
            body.varint(columns.isText(column) ? 1 : 0);
            writeText(columns.name(column), body);
        }
        body.varint(state.size());
        body.varint(order.size());
        body.add(order);
        body.add(values);
        return body;
    }

    private void writeFields(ByteSink order, ByteSink values) {
        long[] previous = new long[columns.size()];
        int[] followers = new int[columns.size() + 1];
        Arrays.fill(followers, -1);
        int before = columns.size();
        int foreseen = 0;
        for (int i = 0; i < state.size(); i++) {
            int column = state.column(i);
            if (followers[before] == column) {
                foreseen++;
            } else {
                order.varint(foreseen);
                order.varint(column);
                foreseen = 0;
                followers[before] = column;
            }
            before = column;
            if (columns.isText(column)) {
                writeText(state.text(i), values);
            } else {
                long value = state.number(i);
                long step = value - previous[column];
                values.varint(step << 1 ^ step >> 63);
                previous[column] = value;
            }
        }
        order.varint(foreseen);
    }

    private static void writeText(String text, ByteSink out) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (!new String(bytes, StandardCharsets.UTF_8).equals(text)) {
            throw new IllegalStateException("a text of " + text.length() + " characters is not well-formed Unicode");
        }
        out.varint(bytes.length);
        out.add(bytes);
    }
}
