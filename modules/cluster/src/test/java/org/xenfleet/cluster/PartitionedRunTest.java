package org.xenfleet.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.xenfleet.cluster.kit.Patience;
import org.xenfleet.fleet.Progress;
import org.xenfleet.fleet.RunListener;
import org.xenfleet.fleet.RunOptions;
import org.xenfleet.fleet.RunResult;
import org.xenfleet.fleet.RunStore;
import org.xenfleet.fleet.ScenarioBundle;
import org.xenfleet.fleet.Simulation;
import org.xenfleet.fleet.conduct.HostShard.Sizes;
import org.xenfleet.fleet.store.RunStores;
import org.xenfleet.fleet.store.StoreLocation;
import org.xenfleet.scenario.LoadedScenario;
import org.xenfleet.scenario.ScenarioLoader;

/**
 * Runs of the heartbeats scenario on three processes, with parts of its pools on all of them, while the network between them
 * fails. The tests share the processes, since they take a while to start, and go from faults that all of them survive to
 * those that cost one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PartitionedRunTest {
    private static final Path SCENARIO = Path.of("../../config/heartbeats.conf");
    private static final List<String> SHORTENED =
            List.of("pools.alone = { host = calm, count = 12 }", "duration = 20s", "expect = []");

    /** Few hosts to a shard, so that there are more shards than nodes and every pool is on several. */
    private static final Sizes SIZES = new Sizes(4, 1);

    private static final int HOSTS = 18;

    /** So many bytes pass only when connections work again: heartbeats of some seconds. */
    private static final long REPLACED = 4_000;

    /** How long a run may take that a fault interrupts. */
    private static final long PATIENCE_SECONDS = 120;

    @TempDir
    private Path folder;

    private LoadedScenario scenario;
    private String undisturbed;
    private PartitionedFleet fleet;

    @BeforeAll
    void start() throws Exception {
        scenario = ScenarioLoader.load(SCENARIO, SHORTENED, OptionalLong.empty(), OptionalLong.empty());
        undisturbed = Simulation.of(scenario).run().digest();
        fleet = new PartitionedFleet(3);
    }

    @AfterAll
    void stop() {
        fleet.close();
    }

    @Test
    @Order(1)
    void shouldNeedNobodyToTakeOverWhereMessagesAreLate() throws Exception {
        long before = fleet.forwarder(2).heldBack();

        Running run = new Running("late", 0.3, () -> fleet.forwarder(2).delay(Duration.ofMillis(150)));
        run.hasBeenHit();
        run.reaches(0.5);
        fleet.heal();
        RunResult result = run.result();

        assertThat(fleet.forwarder(2).heldBack()).as("bytes that were late").isGreaterThan(before);
        assertUndisturbed(result);
        assertThat(result.stats().againNs()).isZero();
        assertThat(fleet.members()).isEqualTo(3);
    }

    @Test
    @Order(2)
    void shouldLoseNothingInAPartitionThatHealsBeforeAnybodyIsMissed() throws Exception {
        long before = fleet.forwarder(3).heldBack();

        Running run = new Running("short", 0.3, () -> fleet.isolate(3));
        run.hasBeenHit();
        fleet.forwarder(3).awaitHeldBack(before + 1_000, Duration.ofSeconds(PATIENCE_SECONDS));
        fleet.heal();
        RunResult result = run.result();

        assertThat(fleet.forwarder(3).heldBack()).as("bytes that were cut off").isGreaterThan(before);
        assertUndisturbed(result);
        assertThat(fleet.members()).isEqualTo(3);
    }

    /** They are broken again only when others have taken their place: a node that cannot be reached for long is missed. */
    @Test
    @Order(3)
    void shouldLoseNothingWhenConnectionsBreakWithWhatIsInThem() throws Exception {
        Running run = new Running("broken", 0.2, fleet::breakConnections);
        run.hasBeenHit();
        for (double part : new double[] {0.4, 0.6}) {
            fleet.awaitTraffic(REPLACED, Duration.ofSeconds(PATIENCE_SECONDS));
            run.reaches(part);
            fleet.breakConnections();
        }
        RunResult result = run.result();

        assertThat(fleet.broken()).as("ends of connections that were broken").isGreaterThan(10);
        assertUndisturbed(result);
        assertThat(fleet.members()).isEqualTo(3);
    }

    @Test
    @Order(4)
    void shouldComeToTheUndisturbedDigestWhenANodeIsCutOff() throws Exception {
        takeOverFrom(3);

        assertThat(fleet.members()).isEqualTo(2);
        assertThat(fleet.node(1).isAlive() && fleet.node(2).isAlive()).isTrue();
    }

    @Test
    @Order(5)
    void shouldComeToTheUndisturbedDigestWhenTheNodeWithTheCoordinatorIsCutOff() throws Exception {
        takeOverFrom(1);

        assertThat(fleet.members()).isEqualTo(1);
        assertThat(fleet.node(2).isAlive()).isTrue();
    }

    /** Heals when the node has ended, so that what it had still to say comes late. */
    private void takeOverFrom(int node) throws Exception {
        KillableNode victim = fleet.node(node);
        long before = fleet.forwarder(node).heldBack();

        Patience patience = new Patience("run with node " + node + " cut off");
        Running run = new Running("cut-off-" + node, 0.2, () -> fleet.isolate(node));
        run.hasBeenHit();
        assertThat(victim.exitCode()).isEqualTo(70);
        fleet.heal();
        RunResult result = run.result();
        patience.assertWithin(Duration.ofSeconds(60));

        assertThat(fleet.forwarder(node).heldBack())
                .as("bytes that were cut off")
                .isGreaterThan(before);
        assertThat(victim.said())
                .contains("This node lost the others and has stopped itself; they go on without it, with its hosts.");
        assertUndisturbed(result);
        assertThat(result.stats().takenOverAtMs()).as("taken over").isGreaterThan(run.hitAtMs);
        System.out.printf(
                "node %d cut off: taken over in %.1f s%n", node, (result.stats().takenOverAtMs() - run.hitAtMs) / 1e3);
    }

    private void assertUndisturbed(RunResult result) {
        assertThat(result.digest()).isEqualTo(undisturbed);
        assertThat(result.summary().reports()).hasSize(HOSTS);
        assertThat(result.stats().hostsByNode().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(HOSTS);
    }

    /** A run that goes on meanwhile, and is hit by a fault when it has got so far. */
    private final class Running implements RunListener {
        private final double part;
        private final Runnable fault;
        private final CompletableFuture<Void> hit = new CompletableFuture<>();
        private final CompletableFuture<RunResult> result;
        private volatile long hitAtMs;
        private double reached;

        /** @param name of the run in a store of its own */
        Running(String name, double part, Runnable fault) {
            this.part = part;
            this.fault = fault;
            this.result = CompletableFuture.supplyAsync(() -> simulate(name));
        }

        private RunResult simulate(String name) {
            StoreLocation place = StoreLocation.of(folder.resolve(name));
            try (RunStore store = RunStores.open(place, name)) {
                RunOptions options = RunOptions.defaults()
                        .withSizes(SIZES)
                        .withStore(store, false)
                        .withCheckpointsEvery(300);
                return Simulation.of(scenario)
                        .withPlacement(fleet.cluster().placement(name, place, ScenarioBundle.of(scenario, SCENARIO)))
                        .run(options, this);
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        }

        @Override
        public void progress(Progress progress) {
            double now = (double) progress.simulatedNs() / progress.totalNs();
            if (now >= part && !hit.isDone()) {
                hitAtMs = System.currentTimeMillis();
                fault.run();
                hit.complete(null);
            }
            synchronized (this) {
                reached = now;
                notifyAll();
            }
        }

        /** Blocks until the fault has been there. */
        void hasBeenHit() throws Exception {
            CompletableFuture.anyOf(hit, result).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(hit).as("hit by the fault").isDone();
        }

        /** Blocks until the run has got so far. */
        synchronized void reaches(double far) throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (reached < far) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                assertThat(left)
                        .as("milliseconds left to come to %s, at %s", far, reached)
                        .isPositive();
                wait(left);
            }
        }

        RunResult result() throws Exception {
            return result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
