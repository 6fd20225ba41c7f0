package org.xenfleet.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.xenfleet.observe.HostReport;
import org.xenfleet.observe.HostReport.Fate;

class RunSummaryTest {

    @Test
    void shouldCountEveryHostOnce() {
        RunSummary summary = RunSummary.of(
                new RunFacts("s", 1, "", 7, true, "default", List.of()),
                Stream.of(Fate.values())
                        .map(fate -> Reports.host("p/" + fate, fate, 0, List.of()))
                        .toList(),
                List.of());

        HostCounts hosts = summary.hosts();
        assertThat(hosts).isEqualTo(new HostCounts(7, 1, 1, 1, 1, 1, 2));
        assertThat(summary.events()).isEqualTo(50);
    }

    @Test
    void shouldRefuseMoreReportsThanHosts() {
        assertThatThrownBy(() -> RunSummary.of(
                        new RunFacts("s", 1, "", 0, false, "default", List.of()),
                        List.of(Reports.healthy("p/0")),
                        List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldListUpToSixteenHostsByName() {
        RunSummary summary = Reports.summary(List.of(
                Reports.healthy("p/2"), Reports.host("p/1", Fate.CRASHED, 5, List.of()), Reports.healthy("p/0")));

        assertThat(summary.listed()).extracting(HostReport::name).containsExactly("p/0", "p/1", "p/2");
    }

    @Test
    void shouldListTheSixteenWorstOfMoreByFateThenStallThenName() {
        List<HostReport> reports = new ArrayList<>(
                IntStream.range(10, 30).mapToObj(i -> Reports.healthy("p/" + i)).toList());
        reports.add(Reports.host("z/0", Fate.DEGRADED, 0, List.of()));
        reports.add(Reports.host("z/1", Fate.CRASHED, 3, List.of()));
        reports.add(Reports.host("z/2", Fate.CRASHED, 4, List.of()));

        assertThat(Reports.summary(reports).listed())
                .extracting(HostReport::name)
                .hasSize(16)
                .startsWith("z/2", "z/1", "z/0", "p/10", "p/11")
                .endsWith("p/22");
    }

    @Test
    void shouldOrderIncidentsByTimeThenHostThenKind() {
        HostReport first = Reports.attacked();
        HostReport second = new HostReport(
                "pool-b/0",
                first.fate(),
                first.simulatedNs(),
                first.downAtNs(),
                first.events(),
                first.epochDigests(),
                first.pcpus(),
                first.domains(),
                first.hypercalls(),
                first.incidents(),
                first.freeMemoryBytes());

        assertThat(Reports.summary(List.of(second, first)).incidents())
                .extracting(i -> i.incident().timeNs() + " " + i.host() + " "
                        + i.incident().kind())
                .containsExactly(
                        "1000 pool-a/0 late-timer",
                        "1000 pool-b/0 late-timer",
                        "1500 pool-a/0 watchdog-panic",
                        "1500 pool-b/0 watchdog-panic");
    }

    @Test
    void shouldJudgeByTheExpectations() {
        Expected met = new Expected("hosts.total == 1", "hosts.total", "==", BigDecimal.ONE);
        Expected missed = new Expected("hosts.crashed > 0", "hosts.crashed", ">", BigDecimal.ZERO);
        List<HostReport> reports = List.of(Reports.healthy("p/0"));

        assertThat(Reports.summary(reports).verdict()).isEqualTo(Verdict.NONE);
        assertThat(Reports.summary(reports, met).verdict()).isEqualTo(Verdict.PASS);
        assertThat(Reports.summary(reports, met, missed).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void shouldJudgeNothingInAPartialRunButStillSayWhatWasFound() {
        RunSummary summary = RunSummary.of(
                new RunFacts("s", 1, "", 2, true, "default", List.of()),
                List.of(Reports.healthy("p/0")),
                List.of(new Expected("hosts.total == 2", "hosts.total", "==", BigDecimal.valueOf(2))));

        assertThat(summary.verdict()).isEqualTo(Verdict.PARTIAL);
        assertThat(summary.expectations()).extracting(CheckedExpectation::met).containsExactly(true);
    }
}
