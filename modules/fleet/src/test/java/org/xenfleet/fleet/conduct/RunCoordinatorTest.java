package org.xenfleet.fleet.conduct;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenfleet.fleet.Outcome;
import org.xenfleet.fleet.Progress;
import org.xenfleet.fleet.RunOptions;
import org.xenfleet.fleet.RunSink;
import org.xenfleet.fleet.conduct.Conducting.ShardDone;
import org.xenfleet.fleet.conduct.Conducting.ShardLeaves;
import org.xenfleet.fleet.conduct.Conducting.ShardProgress;
import org.xenfleet.fleet.conduct.Conducting.StartShard;
import org.xenfleet.fleet.conduct.Conducting.ToRun;
import org.xenfleet.fleet.conduct.Conducting.ToShard;
import org.xenfleet.fleet.conduct.HostShard.Sizes;
import org.xenfleet.fleet.conduct.RunCoordinator.NodeLost;
import org.xenfleet.fleet.conduct.RunCoordinator.RunEnd;
import org.xenfleet.observe.HostReport;
import org.xenfleet.scenario.ScenarioLoader;

/** What the coordinator says to conductors, which here are a queue. */
class RunCoordinatorTest {
    private static final String SCENARIO = """
            name = meeting, seed = 3, duration = 5s
            workloads.web { kind = periodic, burst = 1ms, period = 10ms }
            hosts.h {
              cpus = 2, memory = 4GiB, xen { version = "4.4.0" }, dom0 { vcpus = 1, memory = 1GiB }
              domains.web { xl = web.cfg, workload = web }
            }
            pools.meet { host = h, count = 2, channel.heartbeat { period = 500ms } }
            """;

    /** In two parts of one host each. */
    private static final Sizes SIZES = new Sizes(1, 1);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final BlockingQueue<String> started = new LinkedBlockingQueue<>();
    private final BlockingQueue<RunEnd> ends = new LinkedBlockingQueue<>();

    /**
     * Part 1 was done when the node of part 0 died. Part 0 begins anew and takes part 1 back to where it begins; if the node of part
     * 1 dies then, nobody else would make it anew, and part 0 would wait for it for ever.
     */
    @Test
    void shouldAskAgainAfterAPartThatWasDoneWhileAnotherOfItsPoolIsNot() throws Exception {
        ActorSystem<ToRun> run = start();
        try {
            String first = next();
            String second = next();
            assertThat(List.of(first, second)).containsExactly("meet#0x1", "meet#1x1");
            run.tell(new ShardDone(second, progress(second)));
            started.clear();

            run.unsafeUpcast().tell(new NodeLost());

            // the first is asked after as well, as it never answered
            assertThat(List.of(next(), next(), next(), next())).contains(first, second);
            run.tell(new ShardDone(first, progress(first)));
            RunEnd end = ends.poll(60, TimeUnit.SECONDS);
            assertThat(end).isEqualTo(new RunEnd(Outcome.DONE, null));
        } finally {
            run.terminate();
        }
    }

    /** Both have just been heard of, so that they would be asked after in three seconds only. */
    @Test
    void shouldStartAShardAtOnceThatIsMovedToAnotherNode() throws Exception {
        ActorSystem<ToRun> run = start();
        try {
            String first = next();
            String second = next();
            run.tell(progress(first));
            run.tell(progress(second));

            run.tell(new ShardLeaves(second));

            assertThat(started.poll(2, TimeUnit.SECONDS)).isEqualTo(second);
        } finally {
            run.terminate();
        }
    }

    private String next() throws InterruptedException {
        String shard = started.poll(60, TimeUnit.SECONDS);
        assertThat(shard).as("a shard that is asked after").isNotNull();
        return String.valueOf(shard);
    }

    private static ShardProgress progress(String shard) {
        return new ShardProgress(shard, "a", 0, 0, 0, 0, 0, 0);
    }

    private ActorSystem<ToRun> start() throws Exception {
        Files.writeString(folder.resolve("web.cfg"), "name = \"web\"\ntype = \"hvm\"\nmemory = 256\n");
        Path file = Files.writeString(folder.resolve("meeting.conf"), SCENARIO);
        FleetPlan plan = new FleetPlan(
                ScenarioLoader.load(file, List.of(), OptionalLong.empty(), OptionalLong.empty())
                        .scenario(),
                false);
        RunOptions options = RunOptions.defaults().withSizes(SIZES);
        return ActorSystem.create(
                RunCoordinator.create(plan, options, new Queueing(), new Deaf(), ends::add), "run-coordinator-test");
    }

    private final class Queueing implements ShardStarter {
        @Override
        public void tell(ActorContext<?> coordinator, HostShard shard, ToShard word) {
            if (word instanceof StartShard) {
                started.add(shard.id());
            }
        }

        @Override
        public boolean survives() {
            return true;
        }
    }

    private static final class Deaf implements RunSink {
        @Override
        public void hostDone(HostReport report) {
            throw new AssertionError("no host was done");
        }

        @Override
        public void progress(Progress progress) {
            // nobody watches
        }
    }
}
