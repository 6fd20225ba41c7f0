package org.xenfleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenfleet.observe.HostReport;
import org.xenfleet.observe.HostReport.Fate;
import org.xenfleet.observe.HostReport.Hypercall;
import org.xenfleet.results.ReactionEffect;
import org.xenfleet.results.RunSummary;

/**
 * The device model of {@code a} is in one call of 524,288 pages from 1 s on, 300 ns a page and 600 ns for each of 1,024
 * tables: until 1.158 s. dom0, with one vCPU on pCPU 0, serves the devices of {@code b} every millisecond; in pool p it also
 * pauses {@code a}'s stub domain at 1.05 s, and so stands still until the call ends. {@code b} forgives 50 ms.
 */
class CalmTwinsTest {
    private static final long MS = 1_000_000;
    private static final String REACTION = ", reaction = true";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @BeforeEach
    void writeGuests() throws IOException {
        guest("a", "memory = 2048\ndevice_model_stubdomain_override = 1\n");
        guest("b", "memory = 256\ncpus = \"2\"\n");
    }

    private void guest(String name, String settings) throws IOException {
        Files.writeString(folder.resolve(name + ".cfg"), "name = \"" + name + "\"\ntype = \"hvm\"\n" + settings);
    }

    private Simulation simulation(String reaction, String pools) throws Exception {
        return Simulation.load(Files.writeString(folder.resolve("s.conf"), """
                name = s, seed = 5, duration = 2s
                workloads {
                  attack  { kind = hypercalls, operation = set_mem_access, access = n, start = 1s, repeat = 1 }
                  serve   { kind = backend, guests = b, period = 1ms }
                  xl      { kind = hypercalls, operation = pausedomain, target = a-dm, start = 1050ms, repeat = 1 %s }
                }
                hosts.h {
                  cpus = 3, memory = 8GiB, xen { version = "4.4.0" }
                  dom0 { vcpus = 1, pin = true, workload = [serve, xl] }
                  domains {
                    a { xl = a.cfg, paused = true, device-model-workload = attack, device-model-cpus = "1" }
                    b { xl = b.cfg, tolerance = 50ms }
                  }
                }
                hosts.calm = ${hosts.h} { dom0 { workload = serve } }
                %s
                """.formatted(reaction, pools)));
    }

    private Simulation one(String reaction) throws Exception {
        return simulation(reaction, "pools.p.host = h\npools.unused.host = calm");
    }

    private static ReactionEffect effect(RunSummary summary) {
        return summary.reaction().orElseThrow();
    }

    /** The twin is beside the run, not in it. */
    @Test
    void shouldHaveTheSameDigestAsARunInWhichTheReactionIsNotMarked() throws Exception {
        RunSummary marked = one(REACTION).run().summary();
        RunSummary unmarked = one("").run().summary();

        assertThat(marked.facts().digest()).isEqualTo(unmarked.facts().digest());
        assertThat(marked.events()).isEqualTo(unmarked.events());
        assertThat(marked.reports()).isEqualTo(unmarked.reports());
        assertThat(marked.hosts()).isEqualTo(unmarked.hosts());
        assertThat(unmarked.reaction()).isEqualTo(Optional.empty());
        assertThat(marked.reaction()).isPresent();
    }

    /** dom0 stands from 1.05 s to 1.158 s, and b waits for at most a period longer, less the 50 ms that it forgives. */
    @Test
    void shouldSayWhatTheReactionCost() throws Exception {
        RunSummary summary = one(REACTION).run().summary();
        ReactionEffect.OfHost host = effect(summary).of("p/0").orElseThrow();

        assertThat(host.workloads()).containsExactly("xl");
        assertThat(host.fate()).isEqualTo(Fate.DEGRADED);
        assertThat(host.fateWithout()).isEqualTo(Fate.HEALTHY);
        assertThat(host.availabilityWithout()).isEqualByComparingTo("1");
        assertThat(host.guestTimeLostNs()).isBetween(57 * MS, 59 * MS);
        assertThat(effect(summary).guestTimeLostNs()).isEqualTo(host.guestTimeLostNs());
    }

    /** Without its reaction the host is the one whose dom0 only serves. */
    @Test
    void shouldSimulateTheTwinWithoutTheReaction() throws Exception {
        List<List<String>> operations = new ArrayList<>();
        HostPlacement real = new InProcessPlacement();
        Simulation watched = one(REACTION).withPlacement((plan, options, sink) -> {
            for (HostInstance host : plan.hosts()) {
                assertThat(host.spec().reactions())
                        .hasSize(operations.isEmpty() && host.name().equals("p/0") ? 1 : 0);
            }
            return real.run(plan, options, new RunSink() {
                @Override
                public void hostDone(HostReport report) {
                    if (report.name().equals("p/0")) {
                        operations.add(report.hypercalls().stream()
                                .map(Hypercall::operation)
                                .toList());
                    }
                    sink.hostDone(report);
                }

                @Override
                public void progress(Progress progress) {
                    sink.progress(progress);
                }
            });
        });
        watched.run();

        assertThat(operations).hasSize(2);
        assertThat(operations.get(0)).contains("pausedomain", "grant_copy", "set_mem_access");
        assertThat(operations.get(1)).contains("grant_copy", "set_mem_access").doesNotContain("pausedomain");
    }

    @Test
    void shouldMakeNoTwinOfAHostOnWhichNobodyReacts() throws Exception {
        List<String> done = new ArrayList<>();
        RunResult result = one(REACTION).run(RunOptions.defaults(), new RunListener() {
            @Override
            public void hostDone(HostReport report) {
                done.add(report.name());
            }
        });

        assertThat(effect(result.summary()).hosts())
                .extracting(ReactionEffect.OfHost::name)
                .containsExactly("p/0");
        assertThat(done).as("twins are not told of").containsExactlyInAnyOrder("p/0", "unused/0");
    }

    @Test
    void shouldMakeATwinOfEveryHostOfAPool() throws Exception {
        RunSummary summary = simulation(REACTION, "pools.p { host = h, count = 2 }\npools.unused.host = calm")
                .run()
                .summary();

        assertThat(effect(summary).hosts())
                .extracting(ReactionEffect.OfHost::name)
                .containsExactly("p/0", "p/1");
        assertThat(effect(summary).guestTimeLostNs()).isBetween(114 * MS, 118 * MS);
    }
}
