package org.xenfleet.timeline;

import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** An actor for tests: passes a token on to given neighbours, now or after a delay, and counts. */
final class Relay extends AbstractBehavior<Message> {
    record Token(int id) implements Message {
        @Override
        public int kind() {
            return 1;
        }

        @Override
        public void write(StateWriter out) {
            out.put("id", id);
        }

        static Token read(StateReader in) {
            return new Token(in.getInt("id"));
        }
    }

    /** Makes the actor throw. */
    record Break() implements Message {
        @Override
        public int kind() {
            return 2;
        }

        @Override
        public void write(StateWriter out) {}
    }

    /** Makes the actor stop. */
    record Stop() implements Message {
        @Override
        public int kind() {
            return 3;
        }

        @Override
        public void write(StateWriter out) {}
    }

    /** No actor here understands it. */
    record Foreign() implements Message {
        @Override
        public int kind() {
            return 4;
        }

        @Override
        public void write(StateWriter out) {}
    }

    static final MessageCodec CODEC =
            MessageCodec.builder().add(1, Token::read).add(2, in -> new Break()).build();

    /** How many tokens a relay has seen, and the sum of their ids weighted by the order of arrival. */
    static final class State implements Snapshottable {
        private long seen;
        private long weighted;

        @Override
        public void write(StateWriter out) {
            out.put("seen", seen);
            out.put("weighted", weighted);
        }

        @Override
        public void read(StateReader in) {
            seen = in.getLong("seen");
            weighted = in.getLong("weighted");
        }

        long seen() {
            return seen;
        }
    }

    private final Island island;
    private final State state;
    private final List<Integer> neighbours;
    private final long delay;

    static Behavior<Message> create(Island island, State state, List<Integer> neighbours, long delay) {
        return Behaviors.setup(context -> new Relay(context, island, state, neighbours, delay));
    }

    private Relay(ActorContext<Message> context, Island island, State state, List<Integer> neighbours, long delay) {
        super(context);
        this.island = island;
        this.state = state;
        this.neighbours = neighbours;
        this.delay = delay;
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder()
                .onMessage(Token.class, this::onToken)
                .onMessage(Break.class, this::onBreak)
                .onMessage(Stop.class, m -> Behaviors.stopped())
                .build();
    }

    private Behavior<Message> onToken(Token token) {
        state.seen++;
        state.weighted += state.seen * token.id();
        for (int neighbour : neighbours) {
            if (delay == 0) {
                island.tell(neighbour, new Token(token.id() * 10 + neighbour));
            } else {
                island.schedule(island.now() + delay, neighbour, token);
            }
        }
        return this;
    }

    private Behavior<Message> onBreak(Break message) {
        throw new IllegalStateException("broken on purpose");
    }
}
