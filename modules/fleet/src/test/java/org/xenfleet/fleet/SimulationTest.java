package org.xenfleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenfleet.observe.HostReport;
import org.xenfleet.results.Verdict;

class SimulationTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Simulation simulation;

    @BeforeEach
    void load() throws Exception {
        Path file = Files.writeString(folder.resolve("tiny.conf"), """
                name = tiny
                seed = 7
                duration = 2s
                hosts { h { cpus = 1, memory = 4GiB, xen { version = "4.4.0" }, dom0 { vcpus = 1, memory = 1GiB } } }
                pools {
                  a { host = h, count = 2 }
                  b { host = h, count = 1, copies = 2 }
                }
                expect = [ "hosts.healthy == 4" ]
                """);
        simulation = Simulation.load(file);
    }

    @Test
    void shouldMakeEveryHostOfEveryCopyOfAPool() {
        assertThat(simulation.hosts())
                .extracting(HostInstance::name, HostInstance::pool)
                .containsExactly(tuple("a/0", "a"), tuple("a/1", "a"), tuple("b-0/0", "b-0"), tuple("b-1/0", "b-1"));
    }

    @Test
    void shouldSumUpWhatThePlacementReports() throws Exception {
        RunResult result =
                simulation.withPlacement(new FakePlacement(Outcome.DONE, 4)).run();

        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(result.summary().verdict()).isEqualTo(Verdict.PASS);
        assertThat(result.summary().simulatedNs()).isEqualTo(2_000_000_000);
        assertThat(result.summary().events()).isEqualTo(20);
        assertThat(result.summary().facts().seed()).isEqualTo(7);
        assertThat(result.summary().facts().digest()).isEqualTo(result.digest());
        assertThat(result.summary().reports())
                .extracting(HostReport::name)
                .containsExactly("a/0", "a/1", "b-0/0", "b-1/0");
    }

    @Test
    void shouldTellTheListenerOfHostsAndProgress() throws Exception {
        List<String> heard = new ArrayList<>();
        RunListener listener = new RunListener() {
            @Override
            public void hostDone(HostReport report) {
                heard.add(report.name());
            }

            @Override
            public void progress(Progress progress) {
                heard.add(progress.hostsDone() + " of " + progress.hostsTotal());
            }
        };

        simulation.withPlacement(new FakePlacement(Outcome.DONE, 4)).run(RunOptions.defaults(), listener);

        assertThat(heard).containsExactly("b-1/0", "b-0/0", "a/1", "a/0", "4 of 4");
    }

    @Test
    void shouldCountTheHostsThatAPartialRunNeverReached() throws Exception {
        RunResult result = simulation
                .withPlacement(new FakePlacement(Outcome.MAX_EVENTS, 1))
                .run();

        assertThat(result.summary().verdict()).isEqualTo(Verdict.PARTIAL);
        assertThat(result.summary().hosts().notRun()).isEqualTo(3);
    }

    @Test
    void shouldFailRatherThanForgetAHost() {
        Simulation forgetful = simulation.withPlacement(new FakePlacement(Outcome.DONE, 3));

        assertThatThrownBy(forgetful::run)
                .isInstanceOf(SimulationFailure.class)
                .hasMessage("The run ended without a report of 1 of its hosts (a/0).");
    }

    @Test
    void shouldRefuseAReportThatComesTwice() {
        Simulation twice = simulation.withPlacement((plan, options, sink) -> {
            sink.hostDone(FakePlacement.report("a/0", 1));
            sink.hostDone(FakePlacement.report("a/0", 1));
            return Outcome.DONE;
        });

        assertThatThrownBy(twice::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("host a/0 was reported twice");
    }
}
