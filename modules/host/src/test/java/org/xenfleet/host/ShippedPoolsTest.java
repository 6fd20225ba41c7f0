package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xenfleet.observe.HostReport.Incident;

/** The shipped scenarios whose hosts meet, one pool of each. */
class ShippedPoolsTest {
    private static final Path CONFIG = Path.of("../../config");
    private static final long MS = 1_000_000L;
    private static final long SECOND = 1_000_000_000L;

    /** The call begins at 10 s, xl comes at 12 s, and the host is silent until the call is over. */
    @Test
    void thoseOfAHostWhoseDom0HangsInAPauseLoseItAndHearItAgain() {
        TestPool.Outcome outcome =
                TestPool.of(CONFIG.resolve("heartbeats.conf"), "before").run();

        for (int other : List.of(1, 2)) {
            assertThat(outcome.heartbeats(other).losses()).isEqualTo(1);
            assertThat(outcome.heartbeats(other).peersLost()).isZero();
            Incident lost = outcome.incidents(other, "heartbeat-lost").get(0);
            Incident back = outcome.incidents(other, "heartbeat-back").get(0);
            assertThat(lost.subject()).isEqualTo("before/0");
            assertThat(lost.timeNs()).isBetween(14 * SECOND, 16 * SECOND);
            assertThat(back.timeNs()).isBetween(16 * SECOND, 18 * SECOND);
        }
        assertThat(outcome.heartbeats(0).losses()).isZero();
        assertThat(outcome.heartbeats(0).longestDelayNs()).isGreaterThan(4 * SECOND);
    }

    @Test
    void withTheFixNobodyIsLost() {
        TestPool.Outcome outcome =
                TestPool.of(CONFIG.resolve("heartbeats.conf"), "after").run();

        assertThat(outcome.reports()).allSatisfy(report -> {
            assertThat(report.incidents()).noneMatch(i -> i.kind().startsWith("heartbeat"));
            assertThat(report.heartbeats().orElseThrow().longestDelayNs()).isLessThan(MS);
        });
        assertThat(outcome.from(0)).hasSize(60);
    }

    /** Three hosts of the fleet for 2 s, with calls so short that they end in that time. */
    @Test
    void hostsOfTheFleetAreAttackedAtInstantsOfTheirOwn() {
        TestPool.Outcome outcome = TestPool.of(CONFIG.resolve("fleet-10k.conf"), "fleet")
                .set("pools.fleet.count=3", "duration=2s", "costs.p2m-entry=1ns", "costs.p2m-table=0ns")
                .set("costs.flush-idle=0ns", "costs.flush-base=0ns", "costs.flush-per-cpu=0ns")
                .run();

        List<Long> begins =
                outcome.seen().stream().map(seen -> seen.slices.get(0).start()).toList();
        assertThat(begins).doesNotHaveDuplicates().allSatisfy(b -> assertThat(b).isBetween(0L, 2 * SECOND));
        assertThat(outcome.reports())
                .allSatisfy(
                        report -> assertThat(report.hypercalls().get(0).calls()).isEqualTo(1));
        assertThat(outcome.sent()).hasSize(3 * 2 * 2);
    }
}
