package org.xenfleet.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenfleet.observe.HostReport;
import org.xenfleet.observe.HostReport.Cause;
import org.xenfleet.observe.HostReport.Domain;
import org.xenfleet.observe.HostReport.Fate;
import org.xenfleet.observe.HostReport.Incident;
import org.xenfleet.observe.HostReport.Role;
import org.xenfleet.results.ReactionEffect;

/** What is said of one host in sentences: why it became what it is, and what a reaction cost. */
class HostSectionTest {
    private static final long SECOND = 1_000_000_000;
    private static final String CALL = "set_mem_access of victim-dm on pcpu 3 since 10.000 s";
    private static final String PAUSE =
            "pausedomain of Domain-0 on pcpu 0 since 12.000 s spun until victim-dm had left" + " pcpu 3";
    private static final String STOOD = "the device model stood";
    private static final Cause PAUSED = new Cause(CALL, List.of(PAUSE));

    private static Domain guest(String name, boolean attacked) {
        return new Domain(1, name, "hvm", Role.GUEST, attacked, 0, 0, 0, 1, 2, 0, 0, "running");
    }

    private static HostReport host(Fate fate, Incident... incidents) {
        return new HostReport(
                "p/0",
                fate,
                60 * SECOND,
                fate.compareTo(Fate.FENCED) >= 0 ? 40 * SECOND : -1,
                1,
                List.of(),
                List.of(),
                List.of(guest("victim", true), guest("web", false)),
                List.of(),
                List.of(incidents),
                0);
    }

    private static String section(HostReport host, Optional<ReactionEffect.OfHost> reaction) {
        return String.join("\n", new HostSection(host, reaction, 1_000, false).lines());
    }

    private static Incident incident(String kind, String subject, Cause cause) {
        return new Incident(20 * SECOND, kind, subject, "it stood still", cause);
    }

    /** The incident of its own fate; the others are there but say nothing. */
    @ParameterizedTest
    @CsvSource({
        "CRASHED, watchdog-panic, pcpu 0",
        "FENCED, watchdog-fence, Domain-0",
        "UNRESPONSIVE, host-unresponsive, Domain-0",
        "DEGRADED, domain-unavailable, web"
    })
    void shouldSayWhatWasBehindTheFate(Fate fate, String kind, String subject) {
        Cause other = new Cause("something else", List.of());
        HostReport host = host(fate, incident("pcpu-stall", "pcpu 3", other), incident(kind, subject, PAUSED));

        assertThat(section(host, Optional.empty()))
                .contains("\n  First cause: " + CALL + "; because of it " + PAUSE + ".")
                .doesNotContain("something else");
    }

    @Test
    void shouldSayTheWholeChainFromTheFirstCauseOn() {
        HostReport host = host(
                Fate.UNRESPONSIVE, incident("host-unresponsive", "Domain-0", new Cause(CALL, List.of(STOOD, PAUSE))));

        assertThat(section(host, Optional.empty()))
                .contains("First cause: " + CALL + "; because of it " + PAUSE + ", and so " + STOOD + ".");
    }

    @Test
    void shouldSayTheCauseAloneWhereNobodyWaitedInBetween() {
        HostReport host = host(Fate.DEGRADED, incident("domain-unavailable", "web", new Cause(CALL, List.of())));

        assertThat(section(host, Optional.empty())).contains("\n  First cause: " + CALL + ".\n");
    }

    /** The attacked guest does not make a host degraded, and so is not the reason. */
    @Test
    void shouldNotTakeTheAttackedGuestForTheReason() {
        HostReport host = host(
                Fate.DEGRADED,
                incident("domain-unavailable", "victim", new Cause("the attack itself", List.of())),
                incident("domain-unavailable", "web", PAUSED));

        assertThat(section(host, Optional.empty()))
                .contains("First cause: " + CALL)
                .doesNotContain("the attack itself");
    }

    @Test
    void shouldSayNoCauseWhereThereIsNone() {
        assertThat(section(host(Fate.HEALTHY, incident("pcpu-stall", "pcpu 0", PAUSED)), Optional.empty()))
                .doesNotContain("First cause");
        assertThat(section(host(Fate.DEGRADED, incident("domain-unavailable", "web", Cause.NONE)), Optional.empty()))
                .doesNotContain("First cause");
    }

    @Test
    void shouldTellWhatAFencedHostTookWithIt() {
        Incident fence = new Incident(
                40 * SECOND, "watchdog-fence", "Domain-0", "its watchdog was not set again for 30.000 s", Cause.NONE);
        Incident reboot = new Incident(45 * SECOND, "host-reboot", "xen", "the machine restarted", Cause.NONE);

        assertThat(section(host(Fate.FENCED, fence, reboot), Optional.empty()))
                .startsWith("Host p/0 was fenced at 40 s. No physical CPU stalled.\n"
                        + "  All 2 domains are lost, 2 of them guests. dom0 was fenced: its watchdog was not set again"
                        + " for 30.000 s. At 45 s the machine restarted.\n")
                .doesNotContain("watchdog-fence");
    }

    private static Optional<ReactionEffect.OfHost> reaction(Fate with, Fate without, long lost) {
        return Optional.of(new ReactionEffect.OfHost(
                "p/0",
                List.of("xl", "fence"),
                with,
                without,
                new BigDecimal("0.625000"),
                new BigDecimal("0.975000"),
                0,
                0,
                lost));
    }

    @Test
    void shouldSayByHowMuchTheReactionMadeItWorse() {
        assertThat(section(host(Fate.DEGRADED), reaction(Fate.DEGRADED, Fate.HEALTHY, 22_800_000_000L)))
                .contains("\n  The reaction (xl, fence) cost the other guests 22.8 s: without it they were available"
                        + " 97.5 % of the time, with it 62.5 %, and the host was degraded instead of healthy.\n");
    }

    @ParameterizedTest
    @CsvSource({
        "1500000000, cost the other guests 1.5 s:",
        "0, cost the other guests nothing:",
        "-1500000000, saved the other guests 1.5 s:"
    })
    void shouldSayWhetherItCostOrSaved(long lost, String words) {
        assertThat(section(host(Fate.HEALTHY), reaction(Fate.HEALTHY, Fate.HEALTHY, lost)))
                .contains("The reaction (xl, fence) " + words)
                .contains("and the host was healthy either way.");
    }

    @Test
    void shouldSayNothingWhereNobodyReacted() {
        assertThat(section(host(Fate.DEGRADED), Optional.empty())).doesNotContain("reaction");
    }
}
