package org.xenfleet.timeline;

import java.util.ArrayList;
import java.util.List;

/**
 * Which message goes to which handler, once for all actors of a class: an island may have thousands of actors, and a table
 * of its own for each would weigh more than the rest of them. Handlers change the state of the actor and nothing else; it
 * receives by the same table until it ends. Immutable; may be shared by threads.
 *
 * @param <A> the class of the actors
 */
public final class ReceiveTable<A> {
    private final Class<?>[] types;
    private final Handler<A, Message>[] handlers;

    /** What an actor does with a message. */
    @FunctionalInterface
    public interface Handler<A, M extends Message> {
        void on(A actor, M message);
    }

    /** Collects handlers; what comes often should stand first, as the table is looked through in order. */
    public static final class Builder<A> {
        private final List<Class<?>> types = new ArrayList<>();
        private final List<Handler<A, Message>> handlers = new ArrayList<>();

        private Builder() {}

        /** Messages of exactly that class; a second handler for a class is an {@link IllegalArgumentException}. */
        public <M extends Message> Builder<A> on(Class<M> type, Handler<A, M> handler) {
            if (types.contains(type)) {
                throw new IllegalArgumentException("two handlers for " + type.getName());
            }
            types.add(type);
            handlers.add(any(handler));
            return this;
        }

        /** The table hands it messages of its class only; a handler in between would be one more call for each message. */
        @SuppressWarnings("unchecked")
        private Handler<A, Message> any(Handler<A, ?> handler) {
            return (Handler<A, Message>) handler;
        }

        public ReceiveTable<A> build() {
            return new ReceiveTable<>(this);
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private ReceiveTable(Builder<A> builder) {
        this.types = builder.types.toArray(new Class<?>[0]);
        this.handlers = builder.handlers.toArray(new Handler[0]);
    }

    public static <A> Builder<A> builder() {
        return new Builder<>();
    }

    /** Hands the message to its handler; false when there is none. */
    public boolean dispatch(A actor, Message message) {
        Class<?> type = message.getClass();
        for (int i = 0; i < types.length; i++) {
            if (types[i] == type) {
                handlers[i].on(actor, message);
                return true;
            }
        }
        return false;
    }
}
