package org.xenfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenfleet.fleet.RunResult;
import org.xenfleet.fleet.Simulation;
import org.xenfleet.observe.HostReport;
import org.xenfleet.observe.HostReport.Domain;
import org.xenfleet.observe.HostReport.Fate;
import org.xenfleet.observe.HostReport.Incident;
import org.xenfleet.results.CheckedExpectation;
import org.xenfleet.results.Verdict;
import org.xenfleet.scenario.ScenarioLoader;

/** What the README shows: the scenarios below {@code config} come to what they promise themselves. */
class ShippedScenariosTest {
    @SuppressWarnings("NullAway.Init")
    private static RunResult vulnerable;

    @SuppressWarnings("NullAway.Init")
    private static RunResult fixed;

    @BeforeAll
    static void run() throws Exception {
        vulnerable = run("xsa-89.conf");
        fixed = run("xsa-89-fixed.conf");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldMeetTheirOwnExpectations(boolean withTheFix) {
        RunResult result = withTheFix ? fixed : vulnerable;

        assertThat(result.summary().expectations()).isNotEmpty().allMatch(CheckedExpectation::met);
        assertThat(result.summary().verdict()).isEqualTo(Verdict.PASS);
    }

    /** The attack begins at 10 s; the watchdog of 2 Hz (2.4 GHz) panics 4 to 5.5 s into a call that takes 6.8 s. */
    @Test
    void shouldTakeTheWholeHostDownWithoutTheFix() {
        HostReport host = onlyHost(vulnerable);

        assertThat(host.fate()).isEqualTo(Fate.CRASHED);
        assertThat(host.downAtNs()).isBetween(13_999_900_000L, 15_600_000_000L);
        assertThat(host.domains())
                .hasSize(13)
                .allSatisfy(domain -> assertThat(domain.availableNs()).isLessThanOrEqualTo(host.downAtNs()));
        assertThat(host.incidents()).extracting(Incident::kind).contains("watchdog-panic", "host-reboot");
    }

    @Test
    void shouldHarmGuestsThatAreNotAttackedWithoutTheFixAndWithoutAWatchdog() throws Exception {
        HostReport host = onlyHost(run("xsa-89.conf", "hosts.server.xen.command-line=\"\""));

        assertThat(host.fate()).isEqualTo(Fate.DEGRADED);
        assertThat(host.domains())
                .filteredOn(domain -> !domain.attacked())
                .anyMatch(domain -> domain.availableNs() < domain.observedNs());
    }

    @Test
    void shouldHarmNobodyButTheAttackedGuestWithTheFix() {
        HostReport host = onlyHost(fixed);

        assertThat(host.fate()).isEqualTo(Fate.HEALTHY);
        assertThat(host.domains())
                .filteredOn(domain -> !domain.attacked())
                .hasSize(host.domains().size() - 1)
                .allSatisfy(domain -> assertThat(domain.observedNs()).isPositive())
                .allSatisfy(domain -> assertThat(domain.availableNs()).isEqualTo(domain.observedNs()));
        assertThat(host.domains())
                .filteredOn(Domain::attacked)
                .extracting(Domain::name)
                .containsExactly("victim");
    }

    /** 65,536 pages of 1,680 and of 2,240 ns are 110 and 147 ms, cut off once per 4 ms beside a sleeper of 10 ms. */
    @Test
    void shouldCutOffTheCallsOfABalloonDriverAndLoseNoPage() throws Exception {
        RunResult result = run("continuations.conf");
        HostReport host = onlyHost(result);

        assertThat(result.summary().expectations()).isNotEmpty().allMatch(CheckedExpectation::met);
        assertThat(host.hypercalls()).hasSize(2).allSatisfy(calls -> {
            assertThat(calls.caller()).isEqualTo("balloon");
            assertThat(calls.returned()).containsOnlyKeys(65_536);
            assertThat(calls.continuations() / calls.calls()).isBetween(20L, 40L);
        });
        long held = host.domains().stream().mapToLong(Domain::memoryBytes).sum();
        assertThat(held + host.freeMemoryBytes()).isEqualTo(4L << 30);
    }

    @Test
    void shouldComeToTheSameDigestWhenTheResolvedScenarioOfTheRunDirectoryIsRunAgain(@TempDir Path folder)
            throws Exception {
        Path output = folder.resolve("out");
        Path scenario = root().resolve("config/xsa-89-fixed.conf");
        int code = new Captured()
                .run("run", scenario.toString(), "--output", output.toString(), "--quiet", "--duration", "12s");

        assertThat(code).as("no second call is cut off 1,000 times by then").isIn(0, 1);
        RunResult again =
                Simulation.load(output.resolve("scenario.resolved.conf")).run();
        assertThat(output.resolve("summary.json")).content().contains(again.digest());
    }

    /** One page takes 500 ns at the high level; --set wins over --costs. */
    @Test
    void shouldRunWithTheCostsOfTheLevelAndSayWhich(@TempDir Path folder) {
        Path output = folder.resolve("out");
        int code = new Captured()
                .run(
                        "run",
                        root().resolve("config/xsa-89-fixed.conf").toString(),
                        "--costs",
                        "high",
                        "--set",
                        "costs.flush-base=2us",
                        "--duration",
                        "1s",
                        "--quiet",
                        "--output",
                        output.toString());

        assertThat(code).as("nothing has been called after a second").isEqualTo(1);
        assertThat(output.resolve("summary.json"))
                .content()
                .containsPattern("\"costs\": \\{\\s+\"level\": \"high\",\\s+\"changed\": \\[\\s*\"flush-base\"\\s*]");
        assertThat(output.resolve("scenario.resolved.conf")).content().contains("\"p2m-entry\": \"500ns\"");
    }

    private static HostReport onlyHost(RunResult result) {
        assertThat(result.summary().reports()).hasSize(1);
        return result.summary().reports().get(0);
    }

    /** Tests run in the folder of their module. */
    private static RunResult run(String name, String... settings) throws Exception {
        Path file = root().resolve("config").resolve(name);
        return Simulation.of(ScenarioLoader.load(file, List.of(settings), OptionalLong.empty(), OptionalLong.empty()))
                .run();
    }

    private static Path root() {
        return Path.of("").toAbsolutePath().resolve("../..").normalize();
    }
}
