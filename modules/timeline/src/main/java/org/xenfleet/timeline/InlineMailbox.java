package org.xenfleet.timeline;

import com.typesafe.config.Config;
import java.util.ArrayDeque;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.dispatch.Envelope;
import org.apache.pekko.dispatch.MailboxType;
import org.apache.pekko.dispatch.MessageQueue;
import org.apache.pekko.dispatch.ProducesMessageQueue;
import org.apache.pekko.dispatch.UnboundedMessageQueueSemantics;
import org.jspecify.annotations.Nullable;
import scala.Option;

/**
 * The mailbox of an actor on an island: it takes no room until a message waits in it, which on the inline dispatcher only
 * happens to messages that did not come through the island. Pekko makes it from the configuration.
 */
public final class InlineMailbox implements MailboxType, ProducesMessageQueue<InlineMailbox.Queue> {
    public InlineMailbox(ActorSystem.Settings settings, Config config) {}

    @Override
    public MessageQueue create(Option<ActorRef> owner, Option<ActorSystem> system) {
        return new Queue();
    }

    /** First in, first out. May be shared by threads. */
    static final class Queue implements MessageQueue, UnboundedMessageQueueSemantics {
        private @Nullable ArrayDeque<Envelope> waiting;

        @Override
        public synchronized void enqueue(ActorRef receiver, Envelope envelope) {
            if (waiting == null) {
                waiting = new ArrayDeque<>();
            }
            waiting.add(envelope);
        }

        @Override
        public synchronized @Nullable Envelope dequeue() {
            return waiting == null ? null : waiting.poll();
        }

        @Override
        public synchronized int numberOfMessages() {
            return waiting == null ? 0 : waiting.size();
        }

        @Override
        public synchronized boolean hasMessages() {
            return waiting != null && !waiting.isEmpty();
        }

        @Override
        public void cleanUp(ActorRef owner, MessageQueue deadLetters) {
            for (Envelope next = dequeue(); next != null; next = dequeue()) {
                deadLetters.enqueue(owner, next);
            }
        }
    }
}
