package org.xenfleet.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.xenfleet.cluster.RunWords.Reported;
import org.xenfleet.observe.HostReport;

/**
 * Reports on their way to the client, each kept until it is known to have come. Reports are posted by one thread; another may
 * do the rest.
 */
final class ReportPost {
    private static final int BATCH = 16;
    private static final long LOST = TimeUnit.SECONDS.toNanos(1);

    private record Sent(Reported word, long at) {}

    private final LongSupplier nanoTime;
    private final List<HostReport> unsent = new ArrayList<>();
    private final ConcurrentMap<Long, Sent> underWay = new ConcurrentHashMap<>();

    ReportPost(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Answers whether there is enough for a word. */
    boolean post(HostReport report) {
        unsent.add(report);
        return unsent.size() >= BATCH;
    }

    /** Sends what has been posted. */
    void send(Consumer<Reported> client) {
        if (!unsent.isEmpty()) {
            Reported word = new Reported(ThreadLocalRandom.current().nextLong(), List.copyOf(unsent));
            unsent.clear();
            underWay.put(word.number(), new Sent(word, nanoTime.getAsLong()));
            client.accept(word);
        }
    }

    /** Sends again what was sent more than a second ago and has not come. */
    void sendAgain(Consumer<Reported> client) {
        long now = nanoTime.getAsLong();
        underWay.replaceAll((number, sent) -> {
            if (now - sent.at() <= LOST) {
                return sent;
            }
            client.accept(sent.word());
            return new Sent(sent.word(), now);
        });
    }

    /** The word of that number has come. */
    void came(long number) {
        underWay.remove(number);
    }

    /** Whether all that was sent has come. */
    boolean hasArrived() {
        return underWay.isEmpty();
    }
}
