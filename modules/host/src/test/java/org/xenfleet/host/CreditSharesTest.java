package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Shares and run lengths of endless spinners as measured on real Xens (reference/real-xen, findings 1 to 3, boots P and A,
 * and xsa-89 section 9): alone in a pool of exactly pCPU 1, or pinned to pCPU 1 of a pool of two. 4.4.1, dom0 idle; the
 * first 4 s are left out. Where phases decide, they are those of {@link MeasuredTest}.
 */
class CreditSharesTest {
    private static final long MS = 1_000_000L;
    private static final long FROM = 4000 * MS;
    private static final long TO = 24_000 * MS;
    private static final boolean OWN_POOL = true;
    private static final boolean PINNED = false;

    @TempDir
    Path folder;

    /** Spinners a0, a1 and so on, each with a line of its own in its xl file. */
    private TestHost host(boolean ownPool, String... lines) {
        StringBuilder domains = new StringBuilder();
        for (int i = 0; i < lines.length; i++) {
            domains.append("a%d { xl = a%d.cfg, workload = spin }\n".formatted(i, i));
        }
        TestHost host = TestHost.in(
                folder, "24s", """
                cpus = 2, xen { version = "4.4.1", time-at-start = 3850us, accounting-phase = 28660us }
                dom0 { vcpus = 1, pin = true }
                %s
                domains { %s }
                """.formatted(ownPool ? "cpu-pools { p1 { cpus = \"1\" } }" : "", domains), """
                workloads { spin { kind = cpu } }
                """);
        for (int i = 0; i < lines.length; i++) {
            host.xl("a%d.cfg".formatted(i), """
                    name = "a%d"
                    kernel = "/boot/k.elf"
                    memory = 64
                    %s
                    %s
                    """.formatted(i, ownPool ? "pool = \"p1\"" : "cpus = \"1\"", lines[i]));
        }
        return host;
    }

    private static LongStream spans(TestHost.Outcome outcome, int spinner) {
        return outcome.seen().runs.stream()
                .filter(r -> r.domain().equals("a" + spinner))
                .mapToLong(r -> Math.max(0, Math.min(r.end(), TO) - Math.max(r.start(), FROM)));
    }

    private static double share(TestHost.Outcome outcome, int spinner) {
        return (double) spans(outcome, spinner).sum() / (TO - FROM);
    }

    /** The different lengths of whole runs, in ms. */
    private static List<Long> runLengths(TestHost.Outcome outcome, int spinner) {
        return outcome.seen().runs.stream()
                .filter(r -> r.domain().equals("a" + spinner) && r.start() > FROM && r.end() < TO)
                .map(r -> Math.round((double) r.length() / MS))
                .distinct()
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {OWN_POOL, PINNED})
    void equalSpinnersShareEqually(boolean ownPool) {
        TestHost.Outcome outcome = host(ownPool, "", "").run();

        assertThat(share(outcome, 0)).isCloseTo(0.5, within(0.02));
        assertThat(share(outcome, 1)).isCloseTo(0.5, within(0.02));
    }

    @ParameterizedTest
    @ValueSource(booleans = {OWN_POOL, PINNED})
    void threeEqualSpinnersGetAThirdEach(boolean ownPool) {
        TestHost.Outcome outcome = host(ownPool, "", "", "").run();

        for (int spinner = 0; spinner < 3; spinner++) {
            assertThat(share(outcome, spinner)).isCloseTo(1 / 3.0, within(0.02));
        }
    }

    @Test
    void pinnedInsideAPoolOfTwoTheyAlternateStrictlyEvery30Milliseconds() {
        TestHost.Outcome outcome = host(PINNED, "", "").run();

        assertThat(runLengths(outcome, 0)).containsExactly(30L);
        assertThat(runLengths(outcome, 1)).containsExactly(30L);
    }

    @Test
    void threePinnedInsideAPoolOfTwoRunFor30MillisecondsEach() {
        TestHost.Outcome outcome = host(PINNED, "", "", "").run();

        for (int spinner = 0; spinner < 3; spinner++) {
            assertThat(runLengths(outcome, spinner)).containsExactly(30L);
        }
    }

    @Test
    void weights256And512GiveAThirdAndTwoThirdsOfAPoolOfOne() {
        TestHost.Outcome outcome = host(OWN_POOL, "", "cpu_weight = 512").run();

        assertThat(share(outcome, 0)).isCloseTo(0.333, within(0.02));
        assertThat(share(outcome, 1)).isCloseTo(0.667, within(0.02));
    }

    @Test
    void weights256And1024GiveAFifthAndFourFifthsOfAPoolOfOneIn30And120Milliseconds() {
        TestHost.Outcome outcome = host(OWN_POOL, "", "cpu_weight = 1024").run();

        assertThat(share(outcome, 0)).isCloseTo(0.20, within(0.02));
        assertThat(share(outcome, 1)).isCloseTo(0.80, within(0.02));
        assertThat(runLengths(outcome, 0)).containsExactly(30L);
        assertThat(runLengths(outcome, 1)).containsExactly(120L);
    }

    @Test
    void weights256And512VanishPinnedInsideAPoolOfTwo() {
        TestHost.Outcome outcome = host(PINNED, "", "cpu_weight = 512").run();

        assertThat(share(outcome, 0)).isCloseTo(0.50, within(0.02));
        assertThat(share(outcome, 1)).isCloseTo(0.50, within(0.02));
        assertThat(runLengths(outcome, 1)).containsExactly(30L);
    }

    @ParameterizedTest
    @ValueSource(booleans = {OWN_POOL, PINNED})
    void aCapOf25PercentIs30MillisecondsOf120(boolean ownPool) {
        TestHost.Outcome outcome = host(ownPool, "cap = 25").run();

        assertThat(share(outcome, 0)).isCloseTo(0.25, within(0.02));
        assertThat(runLengths(outcome, 0)).containsExactly(30L);
    }

    @Test
    void aCapOf50PercentIs60MillisecondsOf120() {
        TestHost.Outcome outcome = host(OWN_POOL, "cap = 50").run();

        assertThat(share(outcome, 0)).isCloseTo(0.50, within(0.02));
        assertThat(runLengths(outcome, 0)).containsExactly(60L);
    }

    /** Measured: runs of 90 and 30 ms, shares 0.747 and 0.253. */
    @Test
    void besideACapOf25PercentTheOtherGetsTheRest() {
        TestHost.Outcome outcome = host(OWN_POOL, "", "cap = 25").run();

        assertThat(share(outcome, 0)).isCloseTo(0.75, within(0.02));
        assertThat(share(outcome, 1)).isCloseTo(0.25, within(0.02));
        assertThat(runLengths(outcome, 0)).containsExactly(90L);
    }
}
