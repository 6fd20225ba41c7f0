package org.xenfleet.timeline;

import com.typesafe.config.Config;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.ExecutorServiceConfigurator;
import org.apache.pekko.dispatch.ExecutorServiceFactory;
import org.jspecify.annotations.Nullable;

/**
 * The executor of the inline dispatcher: a task runs on the thread that hands it in, before {@code execute} returns; a
 * task handed in by a running one is run after it, in the order of arrival. Pekko makes it from the configuration path
 * {@code xenfleet.timeline.inline-dispatcher}.
 */
public final class InlineExecutorConfigurator extends ExecutorServiceConfigurator {
    public InlineExecutorConfigurator(Config config, DispatcherPrerequisites prerequisites) {
        super(config, prerequisites);
    }

    @Override
    public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threadFactory) {
        return InlineExecutor::new;
    }

    private static final class InlineExecutor extends AbstractExecutorService {
        private final ThreadLocal<Turn> turns = ThreadLocal.withInitial(Turn::new);
        private volatile boolean shutDown;

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

    /** What one thread is running and what waits for it. */
    private static final class Turn {
        private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
        private boolean running;

        void run(Runnable task) {
            if (running) {
                waiting.add(task);
                return;
            }
            running = true;
            try {
                @Nullable Runnable next = task;
                while (next != null) {
                    next.run();
                    next = waiting.poll();
                }
            } finally {
                running = false;
                waiting.clear();
            }
        }
    }
}
