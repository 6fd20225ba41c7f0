package org.xenfleet.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xenfleet.observe.HostReport.Cause;
import org.xenfleet.observe.HostReport.Incident;

class IncidentListTest {
    private static final Random RANDOM = new Random(11);

    /** Six of seven hosts have up to nine incidents at five instants, in no order. */
    private static final ReportList REPORTS = ReportList.of(IntStream.range(0, 70)
            .mapToObj(host -> Reports.withIncidents(
                    "p/" + host,
                    IntStream.range(0, host % 7 == 0 ? 0 : RANDOM.nextInt(10))
                            .mapToObj(i -> incident(RANDOM.nextInt(5), "subject " + RANDOM.nextInt(3)))
                            .toList()))
            .toList());

    private static Incident incident(long timeNs, String subject) {
        return new Incident(timeNs, "late-timer", subject, "detail", Cause.NONE);
    }

    private static List<HostIncident> sorted() {
        List<HostIncident> all = new ArrayList<>();
        REPORTS.forEach(host -> host.incidents().forEach(one -> all.add(new HostIncident(host.name(), one))));
        all.sort(null);
        return all;
    }

    private static IncidentList list(int batch) {
        IncidentList.Builder builder = new IncidentList.Builder(REPORTS);
        REPORTS.forEach(builder::add);
        return builder.build(batch);
    }

    @Test
    void shouldBeInTheOrderOfItsElementsHoweverManyAreHeldAtOnce() {
        assertThat(sorted()).hasSizeGreaterThan(100);
        for (int batch : new int[] {1, 7, 1_000}) {
            List<HostIncident> walked = new ArrayList<>();
            list(batch).iterator().forEachRemaining(walked::add);

            assertThat(walked).as("batches of %d", batch).isEqualTo(sorted());
        }
    }

    @Test
    void shouldFindEachOneByItsPlace() {
        IncidentList list = list(10);
        List<HostIncident> sorted = sorted();

        assertThat(list.size()).isEqualTo(sorted.size());
        for (int i = 0; i < sorted.size(); i++) {
            assertThat(list.get(i)).as("incident %d", i).isEqualTo(sorted.get(i));
        }
        assertThat(list.first(5)).isEqualTo(sorted.subList(0, 5));
        assertThat(list.first(100_000)).isEqualTo(sorted);
    }

    @Test
    void shouldBeEmptyWhereNothingHappened() {
        ReportList calm = ReportList.of(List.of(Reports.healthy("p/0")));

        assertThat(Reports.summary(calm).incidents()).isEmpty();
        assertThat(Reports.summary(List.of()).incidents()).isEmpty();
    }

    /** The last second of the first host comes after the others; the summary leaves out the latest two. */
    @Test
    void shouldBeCutInTheSummaryAfterTheFirstTenThousand() {
        List<Incident> many = IntStream.range(0, SummaryTree.INCIDENTS)
                .mapToObj(i -> incident(i, "a"))
                .toList();
        RunSummary summary = Reports.summary(List.of(
                Reports.withIncidents("p/0", List.of(incident(0, "first"), incident(1L << 40, "last"))),
                Reports.withIncidents("p/1", many)));
        String json = summary.toJson();

        assertThat(summary.incidents()).hasSize(10_002);
        assertThat(json).contains("  \"incidents_total\": 10002,\n  \"incidents\": [\n");
        assertThat(json.split("\"late-timer\"", -1)).hasSize(10_000 + 1);
        assertThat(json).contains("\"first\"", "\"time_ns\": 9998,").doesNotContain("\"last\"", "\"time_ns\": 9999,");
    }
}
