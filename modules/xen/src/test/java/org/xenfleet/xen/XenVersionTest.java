package org.xenfleet.xen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenfleet.xen.p2m.P2mLockKind;
import org.xenfleet.xen.sched.CreditRules;
import org.xenfleet.xen.sched.SchedulerKind;

/** The releases against the tables of xen-semantics 1.1, 1.5 and 5, and against the measured slices. */
class XenVersionTest {
    private static XenVersion version(String release) {
        return XenVersion.of(release).orElseThrow();
    }

    private static Stream<String> releases(Predicate<XenVersion> of) {
        return XenVersion.all().stream().filter(of).map(XenVersion::release);
    }

    /** The table of 1.1: nothing released of 4.1 has the fix; 4.2.5, 4.3.3 and 4.4.1 are the first of theirs. */
    @Test
    void theseAndNoOthersAreVulnerable() {
        assertThat(releases(v -> !v.hasXsa89Fix()))
                .containsExactly(
                        "4.1.0", "4.1.1", "4.1.2", "4.1.3", "4.1.4", "4.1.5", "4.1.6", "4.1.6.1", "4.2.0", "4.2.1",
                        "4.2.2", "4.2.3", "4.2.4", "4.3.0", "4.3.1", "4.3.2", "4.4.0");
    }

    /** Measured: slices of 30.06 ms on 4.4.0, of 30.005 on 4.4.1; longest gap of a spinner 30.01 ms on 4.2.5. */
    @ParameterizedTest
    @CsvSource({"4.1.6.1, 50000", "4.2.4, 50000", "4.2.5, 0", "4.4.0, 50000", "4.4.1, 0", "4.5.0, 0", "4.17.7, 0"})
    void timersAreLateByTheirSlop(String release, long ns) {
        assertThat(version(release).timerSlopNs()).isEqualTo(ns);
    }

    @ParameterizedTest
    @CsvSource({
        "4.1.0, PER_PAGE",
        "4.1.6.1, PER_PAGE",
        "4.2.0, UNFAIR",
        "4.4.1, UNFAIR",
        "4.5-unstable@8bad6c5626, UNFAIR",
        "4.6.0, UNFAIR",
        "4.7.0, FAIR",
        "4.17.7, FAIR"
    })
    void theLockOfAP2mIsOneOfThree(String release, P2mLockKind kind) {
        assertThat(version(release).p2mLockKind()).isEqualTo(kind);
    }

    @Test
    void flushesWaitForTheEndOfTheSliceFrom47On() {
        assertThat(releases(XenVersion::defersFlush)).containsExactly("4.7.0", "4.8.0", "4.12.0", "4.14.0", "4.17.7");
    }

    @Test
    void creditIsTheDefaultUpTo411() {
        assertThat(releases(v -> v.defaultScheduler() == SchedulerKind.CREDIT2))
                .containsExactly("4.12.0", "4.14.0", "4.17.7");
    }

    @Test
    void onlyThe417ReleaseHasTheCreditRulesOf417() {
        assertThat(releases(v -> v.creditRules().equals(CreditRules.V4_17))).containsExactly("4.17.7");
        assertThat(releases(XenVersion::hasOlderCreditRules))
                .containsExactly(
                        "4.5.0", "4.5.1", "4.5.2", "4.5.3", "4.5.5", "4.6.0", "4.7.0", "4.8.0", "4.12.0", "4.14.0");
    }

    @Test
    void theWatchdogTakesATimeoutFrom42AndForceFrom45On() {
        assertThat(releases(v -> !v.hasWatchdogTimeout())).hasSize(8).allMatch(r -> r.startsWith("4.1."));
        assertThat(version("4.4.4").hasForcedWatchdog()).isFalse();
        assertThat(version("4.5.0").hasForcedWatchdog()).isTrue();
    }

    @Test
    void only41And42CanHave32Bits() {
        assertThat(releases(XenVersion::has32Bits))
                .hasSize(14)
                .allMatch(r -> r.startsWith("4.1.") || r.startsWith("4.2."));
    }

    /** 4 << 16 is 262,144. */
    @ParameterizedTest
    @CsvSource({"4.1.6.1, 262145", "4.5-unstable@e8b87b57b4, 262149", "4.17.7, 262161"})
    void theNumberIsMajorAndMinor(String release, int number) {
        assertThat(version(release).number()).isEqualTo(number);
    }

    @Test
    void thereIsOneObjectOfEachInTheOrderOfTheLines() {
        List<XenVersion> all = XenVersion.all();

        assertThat(XenVersion.of("4.4.1")).containsSame(XenVersion.V4_4_1);
        assertThat(all).isSortedAccordingTo((a, b) -> Integer.compare(a.position(), b.position()));
        assertThat(all).doesNotHaveDuplicates();
        assertThat(XenVersion.of("4.4")).isEmpty();
        assertThat(XenVersion.of("4.5-unstable")).isEmpty();
    }

    private static ReleaseRange range(String since, String until) {
        return new ReleaseRange(ReleaseRange.first(since), ReleaseRange.last(until));
    }

    /** A line is all of its releases and what came before them; a release is itself alone. */
    @ParameterizedTest
    @CsvSource({
        "4.4, 4.4, 4.4.0 4.4.1 4.4.2 4.4.3 4.4.4",
        "4.1.4, 4.1.6, 4.1.4 4.1.5 4.1.6",
        "4.1.6, 4.1.6.1, 4.1.6 4.1.6.1",
        "4.5, 4.5.1, 4.5-unstable@8bad6c5626 4.5-unstable@e8b87b57b4 4.5.0 4.5.1",
        "4.4.4, 4.5-unstable, 4.4.4 4.5-unstable@8bad6c5626 4.5-unstable@e8b87b57b4",
        "4.4.4, 4.5-unstable@8bad6c5626, 4.4.4 4.5-unstable@8bad6c5626",
        "4.5.0, 4.5.0, 4.5.0",
        "4.12, 4.17, 4.12.0 4.14.0 4.17.7"
    })
    void aRangeHasTheseReleases(String since, String until, String releases) {
        assertThat(releases(v -> range(since, until).contains(v))).containsExactly(releases.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "4.4, 4.4, from 4.4 to 4.4",
        "4.5.0, 4.6, from 4.5.0 to 4.6",
        "4.5, 4.5-unstable, from 4.5 before 4.5.0",
        "4.1.6.1, 4.5-unstable@8bad6c5626, from 4.1.6.1 to 4.5-unstable@8bad6c5626"
    })
    void aRangeIsSaidAsItWasGiven(String since, String until, String text) {
        assertThat(range(since, until).text()).isEqualTo(text);
    }

    @Test
    void aRangeSaysWhatComesAfterIt() {
        ReleaseRange upTo44 = new ReleaseRange(0, ReleaseRange.last("4.4"));

        assertThat(upTo44.isPast(version("4.4.4"))).isFalse();
        assertThat(upTo44.isPast(version("4.5-unstable@8bad6c5626"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "4.x", "4.4.1-rc1", "4.5-unstable@0123456789", ""})
    void whatIsNoReleaseIsRefused(String bound) {
        assertThatThrownBy(() -> ReleaseRange.first(bound)).isInstanceOf(IllegalArgumentException.class);
    }
}
