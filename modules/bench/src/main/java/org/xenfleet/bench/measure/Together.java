package org.xenfleet.bench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Several threads that do their share of a work at the same time. */
public final class Together {
    /** Makes what a thread works on, which is not measured, and works on it. */
    @FunctionalInterface
    public interface Share {
        /** Calls {@code together.measure} once when everything is ready. */
        Rate run(Together together);
    }

    private final CountDownLatch ready;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private Together(int threads) {
        this.ready = new CountDownLatch(threads);
    }

    /**
     * The shares' counts together, in the mean of their times.
     *
     * @throws IllegalStateException if a share failed; its cause says why
     */
    public static Rate run(int threads, IntFunction<Share> shares) {
        Together together = new Together(threads);
        List<CompletableFuture<@Nullable Rate>> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Share share = shares.apply(i);
            CompletableFuture<@Nullable Rate> result = new CompletableFuture<>();
            running.add(result);
            Thread thread = new Thread(() -> result.complete(together.work(share)), "share-" + i);
            thread.setDaemon(true);
            thread.start();
        }
        double count = 0;
        double nanos = 0;
        for (CompletableFuture<@Nullable Rate> result : running) {
            Rate rate = result.join();
            if (rate != null) {
                count += rate.count();
                nanos += rate.nanos();
            }
        }
        Throwable failed = together.failure.get();
        if (failed != null) {
            throw new IllegalStateException("a share failed: " + failed.getMessage(), failed);
        }
        return new Rate(count, Math.round(nanos / threads));
    }

    private @Nullable Rate work(Share share) {
        try {
            return share.run(this);
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
            while (ready.getCount() > 0) {
                ready.countDown();
            }
            return null;
        }
    }

    /** Waits until every share is ready, then measures {@code work}, which answers how much it did. */
    public Rate measure(DoubleSupplier work) {
        ready.countDown();
        try {
            ready.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        checkOthers();
        long start = System.nanoTime();
        double count = work.getAsDouble();
        return new Rate(count, System.nanoTime() - start);
    }

    /** For a share that waits for another: throws when one has failed. */
    public void checkOthers() {
        if (failure.get() != null) {
            throw new IllegalStateException("another share failed");
        }
    }
}
