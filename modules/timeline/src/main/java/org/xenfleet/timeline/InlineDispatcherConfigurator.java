package org.xenfleet.timeline;

import com.typesafe.config.Config;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorCell;
import org.apache.pekko.dispatch.Dispatcher;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.Envelope;
import org.apache.pekko.dispatch.ExecutorServiceFactory;
import org.apache.pekko.dispatch.ExecutorServiceFactoryProvider;
import org.apache.pekko.dispatch.Mailbox;
import org.apache.pekko.dispatch.MessageDispatcher;
import org.apache.pekko.dispatch.MessageDispatcherConfigurator;
import org.jspecify.annotations.Nullable;
import scala.concurrent.duration.Duration;
import scala.concurrent.duration.FiniteDuration;

/**
 * The inline dispatcher: an actor runs on the thread that sends to it, before {@code tell} returns; what a running actor
 * sends is received after it has finished, in the order of sending. Pekko makes it from the configuration path
 * {@code xenfleet.timeline.inline-dispatcher}.
 *
 * <p>A message to an actor that has nothing else to do goes past its mailbox, which halves the cost of a {@code tell}.
 */
public final class InlineDispatcherConfigurator extends MessageDispatcherConfigurator {
    private static final int ONE_MESSAGE_A_TURN = 1;

    private final MessageDispatcher dispatcher;

    public InlineDispatcherConfigurator(Config config, DispatcherPrerequisites prerequisites) {
        super(config, prerequisites);
        this.dispatcher = new InlineDispatcher(this, config.getString("id"), new Turns());
    }

    @Override
    public MessageDispatcher dispatcher() {
        return dispatcher;
    }

    private static final class InlineDispatcher extends Dispatcher {
        private final Turns turns;

        InlineDispatcher(MessageDispatcherConfigurator configurator, String id, Turns turns) {
            super(
                    configurator,
                    id,
                    ONE_MESSAGE_A_TURN,
                    Duration.Zero(),
                    new InlineExecutor(turns),
                    FiniteDuration.create(1, TimeUnit.SECONDS));
            this.turns = turns;
        }

        @Override
        public void dispatch(ActorCell receiver, Envelope envelope) {
            Turn turn = turns.get();
            Mailbox mailbox = receiver.mailbox();
            if (turn.isFree() && mailbox.currentStatus() == Mailbox.Open()) {
                turn.receive(receiver, envelope);
            } else {
                super.dispatch(receiver, envelope);
            }
        }
    }

    /** Runs a task before {@code execute} returns, or, when a task hands it in, after that one. */
    private static final class InlineExecutor extends AbstractExecutorService
            implements ExecutorServiceFactoryProvider, ExecutorServiceFactory {
        private final Turns turns;
        private volatile boolean shutDown;

        InlineExecutor(Turns turns) {
            this.turns = turns;
        }

        @Override
        public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threadFactory) {
            return this;
        }

        @Override
        public AbstractExecutorService createExecutorService() {
            return this;
        }

        @Override
        public void execute(Runnable task) {
            turns.get().run(task);
        }

        @Override
        public void shutdown() {
            shutDown = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            shutDown = true;
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return shutDown;
        }

        @Override
        public boolean isTerminated() {
            return shutDown;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return shutDown;
        }
    }

    private static final class Turns extends ThreadLocal<Turn> {
        @Override
        protected Turn initialValue() {
            return new Turn();
        }
    }

    /** What one thread is running and what waits for it. */
    private static final class Turn {
        private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
        private boolean running;

        boolean isFree() {
            return !running;
        }

        /** The turn is free; an actor that fails is dealt with by its cell. */
        void receive(ActorCell receiver, Envelope envelope) {
            running = true;
            try {
                receiver.invoke(envelope);
                runWaiting();
            } finally {
                end();
            }
        }

        void run(Runnable task) {
            if (running) {
                waiting.add(task);
                return;
            }
            running = true;
            try {
                task.run();
                runWaiting();
            } finally {
                end();
            }
        }

        private void runWaiting() {
            for (@Nullable Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
                next.run();
            }
        }

        private void end() {
            running = false;
            waiting.clear();
        }
    }
}
