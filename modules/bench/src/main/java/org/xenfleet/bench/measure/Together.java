package org.xenfleet.bench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;

/** Several threads that do their share of a work at the same time. */
public final class Together {
    private final CyclicBarrier gate;

    private Together(int threads) {
        this.gate = new CyclicBarrier(threads);
    }

    /** Makes what a thread works on, which is not measured, and works on it. */
    public interface Share {
        /** Calls {@code gate.measure} once when everything is ready. */
        Rate run(Together gate);
    }

    /** The shares' counts together, in the mean of their times. */
    public static Rate run(int threads, IntFunction<Share> shares) {
        Together together = new Together(threads);
        List<CompletableFuture<Rate>> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Share share = shares.apply(i);
            CompletableFuture<Rate> result = new CompletableFuture<>();
            running.add(result);
            Thread thread = new Thread(() -> together.complete(result, share), "share-" + i);
            thread.setDaemon(true);
            thread.start();
        }
        List<Rate> rates = running.stream().map(CompletableFuture::join).toList();
        double count = rates.stream().mapToDouble(Rate::count).sum();
        double nanos = rates.stream().mapToDouble(Rate::nanos).average().orElseThrow();
        return new Rate(count, Math.round(nanos));
    }

    private void complete(CompletableFuture<Rate> result, Share share) {
        try {
            result.complete(share.run(this));
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
            gate.reset();
        }
    }

    /** Waits until every share is ready, then measures {@code work}, which answers how much it did. */
    public Rate measure(ToDoubleFunction<Together> work) {
        await();
        long start = System.nanoTime();
        double count = work.applyAsDouble(this);
        return new Rate(count, System.nanoTime() - start);
    }

    private void await() {
        try {
            gate.await();
        } catch (BrokenBarrierException e) {
            throw new IllegalStateException("another share failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
