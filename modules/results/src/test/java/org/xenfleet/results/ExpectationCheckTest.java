package org.xenfleet.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectationCheckTest {
    private static final RunSummary SUMMARY = Reports.summary(List.of(Reports.attacked()));

    @ParameterizedTest
    @CsvSource({
        "hosts.crashed, 1",
        "availability, 0.25",
        "host.0.longest_pcpu_stall_ns, 900",
        "host[0].domain[1].longest_wait_ns, 9",
        "host.0.domain.1.longest_wait_ns, 9",
        "'host[\"pool-a/0\"].domain[\"victim\"].cpu_ns', 8",
        "host.pool-a/0.domain.victim.cpu_ns, 8",
        "host[0].hypercall[0].returned.-22, 1",
    })
    void shouldFollowAPathToItsNumber(String path, BigDecimal value) {
        CheckedExpectation checked = check(path, "==", value);

        assertThat(checked.found())
                .hasValueSatisfying(found -> assertThat(found).isEqualByComparingTo(value));
        assertThat(checked.met()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "==, false, true, false",
        "!=, true, false, true",
        "<, true, false, false",
        "<=, true, true, false",
        ">, false, false, true",
        ">=, false, true, true",
    })
    void shouldCompareAsTheOperatorSays(String operator, boolean below, boolean equal, boolean above) {
        // the stall is 900
        String path = "longest_pcpu_stall_ns";
        assertThat(check(path, operator, new BigDecimal("900.5")).met()).isEqualTo(below);
        assertThat(check(path, operator, new BigDecimal("900.0")).met()).isEqualTo(equal);
        assertThat(check(path, operator, new BigDecimal("899.5")).met()).isEqualTo(above);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hosts.crashd | hosts has no "crashd"; did you mean crashed?
            longest_stall_ns | summary.json has no "longest_stall_ns"; did you mean longest_pcpu_stall_ns?
            host.1.fate | host has no member 1: it lists 1, numbered from 0
            host.0.domain.nobody.cpu_ns | host.0.domain has no member nobody: it lists 2, numbered from 0
            host.0.fate | host.0.fate is the text "crashed", not a number
            host.0.fate.x | host.0.fate is the text "crashed" and has no "x" in it
            hosts | hosts is a group of values, not a number
            host | host is a list of 1, not a number
            """)
    void shouldSayWhatIsNearWhenAPathLeadsNowhere(String path, String remark) {
        CheckedExpectation checked = check(path, "!=", BigDecimal.ZERO);

        assertThat(checked.met()).isFalse();
        assertThat(checked.found()).isEmpty();
        assertThat(checked.remark()).isEqualTo(Optional.of(remark));
    }

    @ParameterizedTest
    @CsvSource({"''", ".hosts", "hosts.", "hosts..crashed", "host[", "host[x]", "host[-1]"})
    void shouldNotMeetWhatIsNoPath(String path) {
        CheckedExpectation checked = check(path, "==", BigDecimal.ONE);

        assertThat(checked.met()).isFalse();
        assertThat(checked.remark().orElse(""))
                .endsWith("is not a path of summary.json such as hosts.crashed or" + " host[0].domain[2].cpu_ns");
    }

    @Test
    void shouldNotMeetANumberThatIsAbsentForThisHost() {
        RunSummary healthy = Reports.summary(List.of(Reports.healthy("p/0")));
        Expected expected = new Expected("", "host.0.down_at_ns", "<", BigDecimal.TEN);

        assertThat(ExpectationCheck.check(healthy, List.of(expected)).get(0).remark())
                .hasValue("host.0.down_at_ns is empty here, not a number");
    }

    private static CheckedExpectation check(String path, String operator, BigDecimal value) {
        return ExpectationCheck.check(SUMMARY, List.of(new Expected("text", path, operator, value)))
                .get(0);
    }
}
