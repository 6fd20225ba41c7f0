package org.xenfleet.fleet.conduct;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The states of one host at whole seconds, as they are kept for replays and branches. Immutable.
 *
 * @param bySecond encoded states
 */
public record RecordedStates(SortedMap<Integer, byte[]> bySecond) {

    /** The piece of the store in which those of a host are. */
    public static String piece(String host) {
        return "states/" + host;
    }

    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(bySecond.size());
            for (var state : bySecond.entrySet()) {
                out.writeInt(state.getKey());
                out.writeInt(state.getValue().length);
                out.write(state.getValue());
            }
        } catch (IOException e) {
            throw new IllegalStateException("an array can always be written", e);
        }
        return bytes.toByteArray();
    }

    /** @throws IOException if these are not the bytes of states */
    public static RecordedStates decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        SortedMap<Integer, byte[]> states = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            int second = in.readInt();
            int length = in.readInt();
            if (length < 0 || length > in.available()) {
                throw new IOException("recorded states end too soon");
            }
            states.put(second, in.readNBytes(length));
        }
        return new RecordedStates(states);
    }
}
