package org.xenfleet.timeline;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Knows how to read each kind of message back from a snapshot. Immutable once built; may be shared by islands. */
public final class MessageCodec {
    private final Map<Integer, Function<StateReader, ? extends Message>> readers;

    private MessageCodec(Map<Integer, Function<StateReader, ? extends Message>> readers) {
        this.readers = Map.copyOf(readers);
    }

    public static Builder builder() {
        return new Builder();
    }

    void write(Message message, StateWriter out) {
        out.put("kind", message.kind());
        message.write(out);
    }

    Message read(StateReader in) {
        int kind = in.getInt("kind");
        Function<StateReader, ? extends Message> reader = readers.get(kind);
        if (reader == null) {
            throw new IllegalStateException("no message has kind " + kind);
        }
        return reader.apply(in);
    }

    /** Collects readers; a kind given twice is an {@link IllegalArgumentException}. */
    public static final class Builder {
        private final Map<Integer, Function<StateReader, ? extends Message>> readers = new HashMap<>();

        private Builder() {}

        public Builder add(int kind, Function<StateReader, ? extends Message> reader) {
            if (readers.put(kind, reader) != null) {
                throw new IllegalArgumentException("two messages have kind " + kind);
            }
            return this;
        }

        public MessageCodec build() {
            return new MessageCodec(readers);
        }
    }
}
