package org.xenfleet.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.xenfleet.observe.HostReport;
import org.xenfleet.observe.HostReport.Domain;
import org.xenfleet.observe.HostReport.Fate;
import org.xenfleet.observe.HostReport.Role;

/**
 * A host of two guests, an attacked one, and dom0, run for 2,000 ns. With a reaction the two are available for 1,000 and
 * 1,500 ns, without for 2,000 and 1,900.
 */
class ReactionEffectTest {
    private static final HostReport WITH = Reports.host(
            "p/0", Fate.CRASHED, 900, domains(Reports.guest(1_000, 2_000), Reports.guest(1_500, 2_000), 0));
    private static final HostReport WITHOUT = Reports.host(
            "p/0", Fate.HEALTHY, 300, domains(Reports.guest(2_000, 2_000), Reports.guest(1_900, 2_000), 2_000));

    /** The attacked guest and dom0 are available for {@code others}. */
    private static List<Domain> domains(Domain first, Domain second, long others) {
        Domain attacked =
                new Domain(9, "victim", "hvm", Role.GUEST, true, 0, 0, 0, others, 2_000, 0, 1 << 20, "running");
        return List.of(first, second, attacked, Reports.domain("Domain-0", Role.CONTROL, others, 2_000));
    }

    private static ReactionEffect effect(List<HostReport> with, HostReport... without) {
        return ReactionEffect.of(
                ReportList.of(with),
                ReportList.of(List.of(without)),
                new TreeMap<>(Map.of("p/0", List.of("xl", "fence"))));
    }

    private static ReactionEffect one() {
        return effect(List.of(WITH), WITHOUT);
    }

    private static RunSummary summary(Optional<ReactionEffect> effect, Expected... expected) {
        return RunSummary.of(
                new RunFacts("s", 1, "00ff", 1, false, "default", List.of()), List.of(WITH), List.of(expected), effect);
    }

    /** 2,000 + 1,900 - 1,000 - 1,500 = 1,400; the attacked guest would be 2,000 more, and dom0 is no guest. */
    @Test
    void shouldCountTheTimeLostByGuestsThatNobodyAttacked() {
        assertThat(one().guestTimeLostNs()).isEqualTo(1_400);
    }

    /** (50 % + 75 %) / 2 and (100 % + 95 %) / 2. */
    @Test
    void shouldSetBothRunsOfAHostSideBySide() {
        assertThat(one().hosts())
                .containsExactly(new ReactionEffect.OfHost(
                        "p/0",
                        List.of("xl", "fence"),
                        Fate.CRASHED,
                        Fate.HEALTHY,
                        new BigDecimal("0.625000"),
                        new BigDecimal("0.975000"),
                        900,
                        300,
                        1_400));
    }

    @Test
    void shouldBeNegativeWhereTheReactionHelped() {
        ReactionEffect helped = effect(List.of(WITHOUT), WITH);

        assertThat(helped.guestTimeLostNs()).isEqualTo(-1_400);
    }

    /** p/1 had no reaction, and so no second run. */
    @Test
    void shouldLeaveOutHostsOnWhichNobodyReacted() {
        ReactionEffect effect = effect(List.of(Reports.healthy("p/1"), WITH), WITHOUT);

        assertThat(effect.hosts()).extracting(ReactionEffect.OfHost::name).containsExactly("p/0");
        assertThat(effect.of("p/0")).isPresent();
        assertThat(effect.of("p/1")).isEmpty();
    }

    @Test
    void shouldAddUpOverHosts() {
        HostReport other = Reports.host("p/1", Fate.DEGRADED, 0, domains(Reports.guest(0, 1), Reports.guest(5, 9), 0));
        HostReport calm = Reports.host("p/1", Fate.DEGRADED, 0, domains(Reports.guest(1, 1), Reports.guest(4, 9), 0));
        ReactionEffect effect = effect(List.of(WITH, other), WITHOUT, calm);

        // 1 - 1 = 0 on p/1
        assertThat(effect.of("p/1").orElseThrow().guestTimeLostNs()).isZero();
        assertThat(effect.guestTimeLostNs()).isEqualTo(1_400);
    }

    @Test
    void shouldStandInSummaryJsonBetweenCostsAndExpectations() {
        assertThat(summary(Optional.of(one())).toJson()).contains("""
                  "reaction": {
                    "guest_time_lost_ns": 1400,
                    "host": [
                      {
                        "name": "p/0",
                        "workloads": [
                          "xl",
                          "fence"
                        ],
                        "fate": "crashed",
                        "fate_without": "healthy",
                        "availability": 0.625000,
                        "availability_without": 0.975000,
                        "longest_pcpu_stall_ns": 900,
                        "longest_pcpu_stall_without_ns": 300,
                        "guest_time_lost_ns": 1400
                      }
                    ]
                  },
                  "expectations": [],
                """);
        assertThat(summary(Optional.empty()).toJson()).doesNotContain("reaction");
    }

    @Test
    void shouldBeWithinReachOfExpectations() {
        String path = "reaction.host['p/0'].guest_time_lost_ns";
        Expected met = new Expected(path + " > 1us", path, ">", new BigDecimal(1_000));
        Expected missed = new Expected(path + " < 1us", path, "<", new BigDecimal(1_000));

        assertThat(summary(Optional.of(one()), met, missed).expectations())
                .extracting(CheckedExpectation::met)
                .containsExactly(true, false);
        assertThat(summary(Optional.empty(), met).expectations())
                .singleElement()
                .satisfies(e -> assertThat(e.remark())
                        .hasValueSatisfying(r -> assertThat(r).startsWith("summary.json has no \"reaction\"")));
    }
}
