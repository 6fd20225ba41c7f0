package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.xenfleet.host.ContinuationHost.Phases;

/**
 * Long calls on the real Xen 4.17.7 (boot S1, credit), alone and beside others, held against ours row by row, within 10 %; and
 * docs/continuations.md, which shows them side by side.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContinuationsTest {
    private static final Path PAGE = Path.of("../../docs/continuations.md");
    private static final double PERCENT = 10;

    @TempDir
    Path folder;

    private List<ContinuationRow> rows = List.of();

    @BeforeAll
    void run(@TempDir Path shared) throws IOException {
        rows = ContinuationRow.run(shared, MeasuredCalls.credit());
    }

    private List<ContinuationRow> of(Predicate<MeasuredCalls> which) {
        return rows.stream().filter(r -> which.test(r.measured())).toList();
    }

    @Test
    void everyRowOfTheMeasurementsIsThere() {
        assertThat(rows).hasSize(16);
    }

    @Test
    void aCallHasAsManyEntriesAsOnRealXen() {
        assertThat(rows)
                .allSatisfy(r -> assertThat(r.atItsPhase().meanEntries())
                        .as(r.measured().experiment())
                        .isCloseTo(r.measured().entries(), withinPercentage(PERCENT)));
    }

    @Test
    void aCallTakesAsMuchCpuTimeAsOnRealXen() {
        assertThat(rows)
                .allSatisfy(r -> assertThat(r.atItsPhase().cpu())
                        .as(r.measured().experiment())
                        .isCloseTo(r.measured().cpu(), withinPercentage(PERCENT)));
    }

    @Test
    void anEntryIsAsLongAsOnRealXen() {
        assertThat(rows)
                .allSatisfy(r -> assertThat(r.atItsPhase().meanSlice())
                        .as(r.measured().experiment())
                        .isCloseTo(r.measured().slice(), withinPercentage(PERCENT)));
    }

    @Test
    void thePhasesOfTheMulticallsAreThoseOfTheMeasurement() {
        assertThat(of(m -> m.guest().equals("multi"))).hasSize(4).allSatisfy(r -> {
            assertThat(r.atItsPhase().medianSlice())
                    .as(r.measured().experiment())
                    .isCloseTo(r.measured().medianSlice(), withinPercentage(PERCENT));
            assertThat(Collections.min(r.atItsPhase().entries()))
                    .isEqualTo(r.measured().fewestEntries());
            assertThat(Collections.max(r.atItsPhase().entries()))
                    .isEqualTo(r.measured().mostEntries());
        });
    }

    private static double sum(List<ContinuationRow> of, ToDoubleFunction<ContinuationRow> what) {
        return of.stream().mapToDouble(what).sum();
    }

    private static double measuredCpuPerCut(List<ContinuationRow> of) {
        return sum(of, r -> r.measured().calls() * r.measured().cpu())
                / sum(of, r -> r.measured().cuts());
    }

    /** Weighted as the measurement is. */
    private static double cpuPerCut(List<ContinuationRow> of) {
        return sum(of, r -> r.measured().calls() * r.atItsPhase().cpu())
                / sum(of, r -> r.measured().calls() * (r.atItsPhase().meanEntries() - 1));
    }

    @Test
    void overAllRowsThereIsACutPerAsMuchCpuTimeAsOnRealXen() {
        assertThat(cpuPerCut(rows)).isCloseTo(measuredCpuPerCut(rows), withinPercentage(PERCENT));
    }

    /** In 30 ms three ticks, one accounting and one slice timer: 6.0 ms. Measured: one cut per 5.9 to 6.0 ms. */
    @Test
    void aLongCallIsCutOncePerSixMillisecondsAloneAndBesideASpinner() {
        List<ContinuationRow> mem4k = of(m -> m.guest().equals("mem4k") && !m.hasSleeper());

        assertThat(mem4k).hasSize(4);
        assertThat(cpuPerCut(mem4k) / 1000).isCloseTo(5.95, withinPercentage(PERCENT));
    }

    /** Measured: "A 10 ms sleeper beside it multiplies the cuts by 1.4". */
    @Test
    void aSleeperOfTenMillisecondsMultipliesTheCuts() {
        List<ContinuationRow> with = of(m -> m.guest().equals("mem4k") && m.hasSleeper());
        List<ContinuationRow> without = of(m -> m.guest().equals("mem4k") && !m.hasSleeper());

        assertThat(cpuPerCut(without) / cpuPerCut(with)).isCloseTo(1.4, withinPercentage(PERCENT));
    }

    /**
     * From the trace of mem4k beside a spinner, its second call: the first tick comes 1.02 ms after the call begins, the
     * accounting 15.14 ms after. Its slices: 1.02, 10.00, 4.12, 5.89 ms, and 7.91 ms up to the slice timer, which the guest had
     * started 1.06 ms before the call by waking up; ours makes its call at once.
     */
    @Test
    void theSlicesAfterAWakeUpAreThoseOfTheTrace() {
        TestHost.Outcome outcome = ContinuationHost.of(
                        folder, "mem4k", true, false, "200ms", new Phases(8_979, 25_145, 0))
                .set("workloads.calls.start = 40ms")
                .run();
        List<Double> slices =
                outcome.seen().slices.stream().map(s -> s.length() / 1e6).toList();

        assertThat(slices.subList(0, 5))
                .satisfiesExactly(
                        s -> assertThat(s).isCloseTo(1.02, within(0.05)),
                        s -> assertThat(s).isCloseTo(10.00, within(0.05)),
                        s -> assertThat(s).isCloseTo(4.12, within(0.05)),
                        s -> assertThat(s).isCloseTo(5.89, within(0.05)),
                        s -> assertThat(s).isCloseTo(7.91 + 1.06, within(0.05)));
    }

    /** To renew the page: run this test with {@code -Dsurefire.argLine=-Dxenfleet.docs.write=true}. */
    @Test
    void thePageShowsWhatTheRowsCameTo() throws IOException {
        String page = ContinuationPage.of(rows, measuredCpuPerCut(rows), cpuPerCut(rows));
        if (Boolean.getBoolean("xenfleet.docs.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).content().isEqualTo(page);
    }
}
