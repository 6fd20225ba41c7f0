package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenfleet.observe.HostReport;
import org.xenfleet.timeline.StateBuffer;

/**
 * Runs of shipped scenarios that go on as others. In xsa-89.conf the attack begins at 10 s, a call lasts 7 s, and the
 * watchdog panics the host some 5 s after its beginning.
 */
class BranchTest {
    private static final long MS = 1_000_000L;
    private static final String FIX = "hosts.server.xen.fixes=[xsa-89]";
    private static final String DO_NOTHING = "hosts.server.domains.victim.device-model-workload=idle";

    private static TestHost vulnerable() {
        return TestHost.shipped("xsa-89.conf");
    }

    private static TestHost fixed() {
        return TestHost.shipped("xsa-89-fixed.conf").set("duration=30s");
    }

    /** Also where every part of the state is laid under the new plan, which here changes nothing but a word in a report. */
    @ParameterizedTest
    @CsvSource({
        "xsa-89.conf, credit, 12000",
        "xsa-89.conf, credit, 10001",
        "xsa-89.conf, credit, 20000",
        "xsa-89-fixed.conf, credit, 12345",
        "xsa-89-reaction.conf, credit, 12500",
        "xsa-89-reaction.conf, credit, 18000",
        "continuations.conf, credit2, 3210",
        "continuations.conf, null, 3210"
    })
    void shouldEndAsItsParentWhenNothingChanges(String file, String scheduler, long atMs) {
        String host = switch (file) {
            case "xsa-89-reaction.conf" -> "hosts.one-vcpu";
            default -> "hosts.server";
        };
        TestHost parent = TestHost.shipped(file).set("duration=22s");
        TestHost renamed = TestHost.shipped(file).set("duration=22s");
        if (!scheduler.equals("credit")) {
            parent.set(host + ".xen.scheduler=\"" + scheduler + "\"");
            renamed.set(host + ".xen.scheduler=\"" + scheduler + "\"");
        }
        String watchdog = file.equals("xsa-89.conf") || file.equals("xsa-89-fixed.conf") ? "watchdog " : "";
        renamed.set(host + ".xen.command-line=\"" + watchdog + "noreboot\"");
        HostReport undisturbed = parent.run().report();
        StateBuffer state = Branching.stateAt(parent, atMs * MS);

        assertThat(Branching.goOn(state, parent, parent).report()).isEqualTo(undisturbed);
        HostReport laid = Branching.goOn(state, parent, renamed).report();
        assertThat(laid.epochDigests()).hasSize(22).isEqualTo(undisturbed.epochDigests());
        assertThat(laid.hypercalls()).isEqualTo(undisturbed.hypercalls());
    }

    @Test
    void shouldSaveTheHostWithAFixThatComesBeforeTheAttack() {
        HostReport report = Branching.goesOnFromItsOwnStates(
                        9_000 * MS, 12_000 * MS, vulnerable(), vulnerable().set(FIX))
                .report();

        assertThat(vulnerable().run().report().fate()).isEqualTo(HostReport.Fate.CRASHED);
        assertThat(report.fate()).isEqualTo(HostReport.Fate.HEALTHY);
        assertThat(report.hypercalls().get(0).continuations()).isGreaterThan(1_000);
        assertThat(report.hypercalls().get(0).longestSliceNs()).isLessThan(10_100_000);
    }

    /** The call is in the function that does not test, and stays there until it returns. */
    @Test
    void shouldNotCutACallThatIsUnderWayWhenTheFixComes() {
        HostReport crashed = Branching.goesOnFromItsOwnStates(
                        12_000 * MS, 13_000 * MS, vulnerable(), vulnerable().set(FIX))
                .report();
        assertThat(crashed.downAtNs()).isEqualTo(vulnerable().run().report().downAtNs());

        TestHost patient =
                vulnerable().set("hosts.server.xen.command-line=\"\"").set("duration=30s");
        TestHost helped = vulnerable()
                .set("hosts.server.xen.command-line=\"\"")
                .set("duration=30s")
                .set(FIX);
        HostReport.Hypercall calls = Branching.goesOnFromItsOwnStates(12_000 * MS, 13_000 * MS, patient, helped)
                .call();
        HostReport.Hypercall without = patient.run().call();

        assertThat(calls.longestSliceNs()).as("the first call").isEqualTo(without.longestSliceNs());
        assertThat(without.continuations()).isZero();
        assertThat(calls.continuations()).as("the calls after it").isGreaterThan(500);
    }

    @Test
    void shouldLiveWithAWatchdogThatWaitsLonger() {
        TestHost patient = vulnerable().set("hosts.server.xen.command-line=\"watchdog watchdog_timeout=30\"");

        HostReport report = Branching.goesOnFromItsOwnStates(12_000 * MS, 14_000 * MS, vulnerable(), patient)
                .report();

        assertThat(report.fate()).isNotEqualTo(HostReport.Fate.CRASHED);
        assertThat(report.hypercalls().get(0).longestSliceNs()).isGreaterThan(5_000 * MS);
    }

    /** It has been tied for two seconds, and so panics with the next NMI, of which there are two a second. */
    @Test
    void shouldPanicAtOnceWithAWatchdogThatWouldHaveDoneSoBefore() {
        TestHost hasty = vulnerable().set("hosts.server.xen.command-line=\"watchdog watchdog_timeout=2\"");

        HostReport report = Branching.goesOnFromItsOwnStates(14_000 * MS, 14_001 * MS, vulnerable(), hasty)
                .report();

        assertThat(report.fate()).isEqualTo(HostReport.Fate.CRASHED);
        assertThat(report.downAtNs()).isBetween(14_000 * MS, 14_501 * MS);
        assertThat(report.downAtNs()).isLessThan(vulnerable().run().report().downAtNs());
    }

    @Test
    void shouldStayDownAfterAPanic() {
        long down = vulnerable().run().report().downAtNs();
        assertThat(down).isBetween(14_000 * MS, 16_000 * MS);

        HostReport report = Branching.goesOnFromItsOwnStates(
                        20_000 * MS,
                        21_000 * MS,
                        vulnerable(),
                        vulnerable()
                                .set(FIX)
                                .set("workloads.web.burst=3ms")
                                .set(DO_NOTHING)
                                .set("costs.p2m-entry=100ns"))
                .report();

        assertThat(report.fate()).isEqualTo(HostReport.Fate.CRASHED);
        assertThat(report.downAtNs()).isEqualTo(down);
        assertThat(report.hypercalls()).isEqualTo(vulnerable().run().report().hypercalls());
    }

    @ParameterizedTest
    @ValueSource(strings = {"20s", "9500ms"})
    void shouldBeginTheAttackWhenItIsMovedTo(String start) {
        TestHost.Outcome outcome = Branching.goesOnFromItsOwnStates(
                9_000 * MS, 9_600 * MS, vulnerable(), vulnerable().set("workloads.attack.start=" + start));
        long attack = start.equals("20s") ? 20_000 * MS : 9_500 * MS;

        assertThat(outcome.report().downAtNs()).isBetween(attack + 4_000 * MS, attack + 6_000 * MS);
        assertThat(outcome.report().hypercalls().get(0).calls()).isEqualTo(1);
    }

    @Test
    void shouldNotAttackWhenTheAttackerDoesSomethingElse() {
        TestHost idle = vulnerable().set(DO_NOTHING);

        HostReport before = Branching.goesOnFromItsOwnStates(9_000 * MS, 10_500 * MS, vulnerable(), idle)
                .report();
        HostReport after = Branching.goesOnFromItsOwnStates(12_000 * MS, 12_500 * MS, vulnerable(), idle)
                .report();

        assertThat(before.fate()).isEqualTo(HostReport.Fate.HEALTHY);
        assertThat(before.hypercalls()).isEmpty();
        assertThat(after.fate()).as("the call under way goes on").isEqualTo(HostReport.Fate.CRASHED);
    }

    /** On fixed Xen the call is cut off again and again, and is under way in pieces. */
    @Test
    void shouldFinishTheCallUnderWayAndMakeNoMore() {
        long calls = Branching.goOn(12_345 * MS, fixed(), fixed().set("duration=12345ms"))
                .call()
                .calls();
        TestHost.Outcome outcome =
                Branching.goesOnFromItsOwnStates(12_345 * MS, 12_400 * MS, fixed(), fixed().set(DO_NOTHING));

        assertThat(outcome.call().calls()).isEqualTo(calls);
        assertThat(outcome.call().unfinished()).isZero();
        assertThat(outcome.call().returned()).containsOnlyKeys(0);
    }

    @Test
    void shouldRefuseAPlanThatIsNoBranch() {
        StateBuffer state = Branching.stateAt(vulnerable(), 1_000 * MS);

        assertThatThrownBy(
                        () -> Branching.goOn(state, vulnerable(), vulnerable().set("hosts.server.cpus=32")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "hosts.server.cpus: 16 in the run, 32 here; the size of a host cannot change while it runs");
        assertThatThrownBy(
                        () -> Branching.goOn(state, vulnerable(), vulnerable().set("seed=90")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another seed");
    }
}
