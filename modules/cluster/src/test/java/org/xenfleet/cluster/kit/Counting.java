package org.xenfleet.cluster.kit;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.xenfleet.cluster.ClusterNode;
import org.xenfleet.cluster.LeastHostsAllocation;

/** Asks all counters from one member of the cluster, again and again, until each has answered. */
public final class Counting {
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private final ClusterNode node;
    private final List<String> ids;
    private final ActorRef<ShardingEnvelope<CounterMessage>> counters;

    public Counting(ClusterNode node, int count) {
        this.node = node;
        this.ids = Counters.ids(count);
        this.counters = Counters.start(node);
    }

    /** By counters, in which process they are. */
    public Map<String, Long> untilAllAnswer() throws Exception {
        Map<String, CompletableFuture<CounterMessage.Total>> answers = new TreeMap<>();
        ids.forEach(id -> answers.put(id, ask(id).toCompletableFuture()));
        Map<String, Long> where = new TreeMap<>();
        for (Map.Entry<String, CompletableFuture<CounterMessage.Total>> answer : answers.entrySet()) {
            where.put(
                    answer.getKey(),
                    answer.getValue().get(120, TimeUnit.SECONDS).pid());
        }
        return where;
    }

    /**
     * Blocks until all answer and no process has much fewer than the others: from then on none is moved, while nobody comes or
     * goes. Answers how many are in each.
     *
     * @param processes in which they are
     */
    public Map<Long, Long> untilSpread(int processes) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        Map<Long, Long> counters = Map.of();
        while (counters.size() != processes
                || Collections.min(counters.values()) * processes < LeastHostsAllocation.ENOUGH * ids.size()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("counters by process: " + counters);
            }
            counters = untilAllAnswer().values().stream()
                    .collect(Collectors.groupingBy(pid -> pid, TreeMap::new, Collectors.counting()));
        }
        return counters;
    }

    /** Blocks until that counter has answered. A question that got lost, or an answer, is asked again. */
    public CounterMessage.Total untilAnswered(String id) throws Exception {
        return ask(id).toCompletableFuture().get(120, TimeUnit.SECONDS);
    }

    /** Fails if there is no answer in time. */
    public CompletionStage<CounterMessage.Total> askOnce(String id, Duration patience) {
        return ask(id, CounterMessage.Add::new, patience);
    }

    /** Lets that counter be busy; done when it is no more, and failed if that is not said for long. */
    public CompletionStage<CounterMessage.Total> work(String id, Duration time) {
        return ask(
                id,
                replyTo -> new CounterMessage.Work(time.toMillis(), replyTo),
                time.multipliedBy(4).plusSeconds(60));
    }

    private CompletionStage<CounterMessage.Total> ask(String id) {
        return askOnce(id, PATIENCE)
                .exceptionallyCompose(late ->
                        node.ended().toCompletableFuture().isDone() ? CompletableFuture.failedStage(late) : ask(id));
    }

    private CompletionStage<CounterMessage.Total> ask(
            String id, Function<ActorRef<CounterMessage.Total>, CounterMessage> message, Duration patience) {
        return AskPattern.ask(
                counters,
                (ActorRef<CounterMessage.Total> replyTo) -> new ShardingEnvelope<>(id, message.apply(replyTo)),
                patience,
                node.system().scheduler());
    }
}
