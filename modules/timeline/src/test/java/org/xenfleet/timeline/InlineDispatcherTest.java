package org.xenfleet.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

/** The dispatcher by itself, with actors that send to each other past any island. */
class InlineDispatcherTest {
    private static final String DISPATCHER = "xenfleet.timeline.inline-dispatcher";
    private static final Props INLINE =
            DispatcherSelector.fromConfig(DISPATCHER).withMailboxFromConfig(DISPATCHER);

    private final List<String> log = new ArrayList<>();

    private ActorRef<String> spawn(ActorContext<?> parent, String name, Consumer<String> receive) {
        return parent.spawn(
                Behaviors.<String>receiveMessage(message -> {
                    log.add(name + " gets " + message);
                    receive.accept(message);
                    log.add(name + " is done with " + message);
                    return Behaviors.same();
                }),
                name,
                INLINE);
    }

    @Test
    void anActorHasProcessedAMessageOnTheSendersThreadWhenTellReturns() {
        boolean sameThread = StandAlone.call(context -> {
            List<Thread> threads = new ArrayList<>();
            ActorRef<String> actor = spawn(context, "a", message -> threads.add(Thread.currentThread()));
            actor.tell("1");
            log.add("told");
            return threads.equals(List.of(Thread.currentThread()));
        });

        assertThat(sameThread).isTrue();
        assertThat(log).containsExactly("a gets 1", "a is done with 1", "told");
    }

    /** First, which is running, tells second twice and itself once; second tells first back. */
    @Test
    void whatARunningActorSendsIsReceivedAfterItHasFinishedInTheOrderOfSending() {
        StandAlone.call(context -> {
            List<ActorRef<String>> actors = new ArrayList<>();
            actors.add(spawn(context, "first", message -> {
                if (message.equals("go")) {
                    actors.get(1).tell("x");
                    actors.get(0).tell("self");
                    actors.get(1).tell("y");
                }
            }));
            actors.add(spawn(context, "second", message -> {
                if (message.equals("x")) {
                    actors.get(0).tell("back");
                }
            }));
            actors.get(0).tell("go");
            log.add("told");
            return 0;
        });

        assertThat(log)
                .filteredOn(line -> !line.contains("is done"))
                .containsExactly(
                        "first gets go",
                        "second gets x",
                        "first gets self",
                        "second gets y",
                        "first gets back",
                        "told");
        assertThat(log.indexOf("first is done with go")).isLessThan(log.indexOf("second gets x"));
    }

    /** The failed one is restarted by its supervisor, the messages that waited are received all the same. */
    @Test
    void anActorThatFailsDoesNotKeepOthersFromTheirMessages() {
        StandAlone.call(context -> {
            ActorRef<String> calm = spawn(context, "calm", message -> {});
            ActorRef<String> wild = context.spawn(
                    Behaviors.supervise(Behaviors.<String>receiveMessage(message -> {
                                log.add("wild gets " + message);
                                calm.tell("before " + message);
                                if (message.equals("bad")) {
                                    throw new IllegalStateException("as the test wants it");
                                }
                                return Behaviors.same();
                            }))
                            .onFailure(SupervisorStrategy.restart().withLoggingEnabled(false)),
                    "wild",
                    INLINE);
            wild.tell("bad");
            wild.tell("good");
            return 0;
        });

        assertThat(log)
                .filteredOn(line -> line.contains("gets"))
                .containsExactly("wild gets bad", "calm gets before bad", "wild gets good", "calm gets before good");
    }
}
