package org.xenfleet.timeline;

import com.typesafe.config.ConfigFactory;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Runs something that needs an actor's context, such as an island, where there is no actor system yet. */
public final class StandAlone {
    private StandAlone() {}

    /**
     * Calls {@code body} inside an actor system made for it, ends the system and returns what the body returned. Blocks;
     * what the body throws comes out as it is when it is unchecked.
     */
    public static <T> T call(Function<ActorContext<?>, T> body) {
        CompletableFuture<T> result = new CompletableFuture<>();
        ActorSystem<Void> system = ActorSystem.create(
                Behaviors.setup(context -> {
                    try {
                        result.complete(body.apply(context));
                    } catch (RuntimeException | Error e) {
                        result.completeExceptionally(e);
                    }
                    return Behaviors.stopped();
                }),
                "stand-alone",
                ConfigFactory.parseMap(Map.of("pekko.loglevel", "WARNING", "pekko.stdout-loglevel", "WARNING"))
                        .withFallback(ConfigFactory.defaultReference())
                        .resolve());
        try {
            return result.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        } finally {
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().join();
        }
    }
}
