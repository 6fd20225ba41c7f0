package org.xenfleet.fleet.conduct;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a checkpoint of a shard holds: the states of the hosts that run, the reports of those that are done, and the states that
 * are recorded of either. Immutable. Hosts that are in neither have not begun.
 *
 * @param checkpoint its number, from 0
 * @param running states by the number of the host
 * @param done encoded reports by the number of the host
 * @param recorded states by the number of the host and the second
 */
record ShardState(
        long checkpoint,
        SortedMap<Integer, byte[]> running,
        SortedMap<Integer, byte[]> done,
        SortedMap<Integer, SortedMap<Integer, byte[]>> recorded) {
    private static final int FORMAT = 1;

    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(FORMAT);
            out.writeLong(checkpoint);
            out.writeInt(running.size());
            for (var host : running.entrySet()) {
                out.writeInt(host.getKey());
                write(out, host.getValue());
            }
            out.writeInt(done.size());
            for (var host : done.entrySet()) {
                out.writeInt(host.getKey());
                write(out, host.getValue());
            }
            out.writeInt(recorded.size());
            for (var host : recorded.entrySet()) {
                out.writeInt(host.getKey());
                out.writeInt(host.getValue().size());
                for (var state : host.getValue().entrySet()) {
                    out.writeInt(state.getKey());
                    write(out, state.getValue());
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("an array can always be written", e);
        }
        return bytes.toByteArray();
    }

    /** @throws IOException if these are not the bytes of a state */
    static ShardState decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int format = in.readInt();
        if (format != FORMAT) {
            throw new IOException("a checkpoint has format " + format + ", not " + FORMAT);
        }
        long checkpoint = in.readLong();
        SortedMap<Integer, byte[]> running = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            int host = in.readInt();
            running.put(host, read(in));
        }
        SortedMap<Integer, byte[]> done = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            int host = in.readInt();
            done.put(host, read(in));
        }
        SortedMap<Integer, SortedMap<Integer, byte[]>> recorded = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            int host = in.readInt();
            SortedMap<Integer, byte[]> states = recorded.computeIfAbsent(host, h -> new TreeMap<>());
            for (int more = in.readInt(); more > 0; more--) {
                int second = in.readInt();
                states.put(second, read(in));
            }
        }
        return new ShardState(checkpoint, running, done, recorded);
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] read(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("a checkpoint ends too soon");
        }
        return in.readNBytes(length);
    }
}
