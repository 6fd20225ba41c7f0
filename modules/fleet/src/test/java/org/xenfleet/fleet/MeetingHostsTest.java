package org.xenfleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenfleet.fleet.conduct.HostShard.Sizes;
import org.xenfleet.observe.HostReport;

/** Two pools whose hosts tell each other that they are alive, and one whose hosts meet nobody. */
class MeetingHostsTest {
    private static final String SCENARIO = """
            name = meeting, seed = 3, duration = 5s
            workloads.web { kind = periodic, burst = 1ms, period = 10ms }
            hosts.h {
              cpus = 2, memory = 4GiB, xen { version = "4.4.0" }, dom0 { vcpus = 1, memory = 1GiB }
              domains.web { xl = web.cfg, workload = web }
            }
            pools {
              meet { host = h, count = 5, copies = 2
                     channel { latency = 200us, jitter = 100us, loss = 0.1
                               heartbeat { period = 500ms, burst = 50us, timeout = 2s } } }
              alone { host = h, count = 3 }
            }
            """;

    /** Keeps what was in the store when the n-th piece of a prefix had been put, as if all processes had died then. */
    private static final class Death implements RunStore {
        private final MemoryStore store = new MemoryStore();
        private final Map<String, byte[]> pieces = new TreeMap<>();
        private final String prefix;
        private int left;
        private Optional<Map<String, byte[]>> then = Optional.empty();

        Death(String prefix, int left) {
            this.prefix = prefix;
            this.left = left;
        }

        @Override
        public synchronized void put(String piece, byte[] bytes) {
            store.put(piece, bytes);
            pieces.put(piece, bytes);
            if (piece.startsWith(prefix) && --left == 0) {
                then = Optional.of(new TreeMap<>(pieces));
            }
        }

        @Override
        public Optional<byte[]> get(String piece) {
            return store.get(piece);
        }

        @Override
        public void remove(String some) {
            store.remove(some);
        }

        @Override
        public void close() {}
    }

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Simulation simulation;

    @BeforeEach
    void load() throws Exception {
        Files.writeString(folder.resolve("web.cfg"), "name = \"web\"\ntype = \"hvm\"\nmemory = 256\n");
        simulation = Simulation.load(Files.writeString(folder.resolve("meeting.conf"), SCENARIO));
    }

    private RunResult run(RunOptions options) throws SimulationFailure {
        return simulation.run(options, RunListener.NONE);
    }

    @Test
    void shouldLetHostsHearOfEachOther() throws Exception {
        RunResult result = run(RunOptions.defaults());

        HostReport host = result.summary().reports().named("meet-0/0").orElseThrow();
        // a grid of 500 ms has 10 points in 5 s; each time 4 others are told
        assertThat(host.heartbeats()).hasValueSatisfying(h -> {
            assertThat(h.sent()).isEqualTo(40);
            assertThat(h.lostOnTheWay()).isBetween(1L, 10L);
            assertThat(h.received()).isBetween(25L, 39L);
        });
        assertThat(result.summary().reports().named("alone/0").orElseThrow().heartbeats())
                .isEmpty();
    }

    /** Ten hosts of two pools are due twice a second each, and every whole second ends a window. */
    @Test
    void shouldHaveAWindowForAHeartbeatAndASecondButNotForMore() throws Exception {
        RunStats stats = run(RunOptions.defaults()).stats();

        assertThat(stats.pooledNs()).isEqualTo(2 * 5_000_000_000L);
        assertThat(stats.windowsPerSecond()).isBetween(5.0, 25.0);
        assertThat(stats.waitingShare()).isBetween(0.0, 1.0);
        assertThat(stats.againNs()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1, 64, 256", "2, 64, 256", "2, 1, 1", "1, 2, 3", "2, 64, 2"})
    void shouldComeToTheSameHoweverItIsCut(int workers, int apart, int together) throws Exception {
        RunResult usual = run(RunOptions.defaults().withWorkers(1));

        RunResult cut = run(RunOptions.defaults().withWorkers(workers).withSizes(new Sizes(apart, together)));

        assertThat(cut.digest()).isEqualTo(usual.digest());
        assertThat(cut.summary().toJson()).isEqualTo(usual.summary().toJson());
    }

    @Test
    void shouldComeToTheSameWithCheckpointsAndRecordedStates() throws Exception {
        RunResult usual = run(RunOptions.defaults());

        RunResult saved =
                run(RunOptions.defaults().withStore(new MemoryStore(), true).withCheckpointsEvery(0));

        assertThat(saved.digest()).isEqualTo(usual.digest());
        assertThat(saved.summary().toJson()).isEqualTo(usual.summary().toJson());
    }

    @ParameterizedTest
    @CsvSource({"pools/, 1, 256", "pools/, 3, 256", "pools/, 2, 2", "shards/alone, 1, 256", "shards/meet, 5, 2"})
    void shouldGoOnFromCheckpointsAfterEverybodyDied(String prefix, int puts, int together) throws Exception {
        RunOptions options =
                RunOptions.defaults().withSizes(new Sizes(64, together)).withCheckpointsEvery(0);
        RunResult usual = run(RunOptions.defaults());
        Death death = new Death(prefix, puts);
        run(options.withStore(death, true));
        assertThat(death.then).as("the checkpoint after which everybody dies").isPresent();
        MemoryStore left = new MemoryStore();
        death.then.orElseThrow().forEach(left::put);

        RunResult resumed = run(options.withStore(left, true));

        assertThat(resumed.digest()).isEqualTo(usual.digest());
        assertThat(resumed.summary().toJson()).isEqualTo(usual.summary().toJson());
    }

    @Test
    void shouldStopWithWhatThereIsInPoolsThatMeet() throws Exception {
        RunOptions limited =
                new RunOptions(1, OptionalLong.empty(), OptionalLong.of(20_000), Optional.empty(), () -> false);

        RunResult result = run(limited);

        assertThat(result.outcome()).isEqualTo(Outcome.MAX_EVENTS);
        assertThat(result.summary().hosts().notRun()
                        + result.summary().reports().size())
                .isEqualTo(13);
    }
}
