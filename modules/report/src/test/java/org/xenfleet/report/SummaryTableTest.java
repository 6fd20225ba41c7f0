package org.xenfleet.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xenfleet.observe.HostReport;
import org.xenfleet.observe.HostReport.Cause;
import org.xenfleet.observe.HostReport.Domain;
import org.xenfleet.observe.HostReport.Fate;
import org.xenfleet.observe.HostReport.Hypercall;
import org.xenfleet.observe.HostReport.Incident;
import org.xenfleet.observe.HostReport.Pcpu;
import org.xenfleet.observe.HostReport.Role;
import org.xenfleet.results.Expected;
import org.xenfleet.results.RunFacts;
import org.xenfleet.results.RunSummary;

class SummaryTableTest {
    private static final long SECOND = 1_000_000_000;

    private static final List<Domain> DOMAINS = List.of(
            new Domain(0, "Domain-0", "pv", Role.CONTROL, false, 3 * SECOND, 0, 3_400, 30, 30, 0, 0, "running"),
            new Domain(1, "victim", "hvm", Role.GUEST, true, 10 * SECOND, 10_050_000, 0, 30, 30, 0, 0, "running"),
            new Domain(2, "victim-dm", "pv", Role.STUB, false, 5 * SECOND, 0, 0, 30, 30, 0, 0, "running"),
            new Domain(
                    3,
                    "web-0",
                    "hvm",
                    Role.GUEST,
                    false,
                    SECOND,
                    2_884_123_456L,
                    2_884_000_000L,
                    15,
                    30,
                    2,
                    0,
                    "running"));

    private static final List<Incident> CRASH = List.of(
            new Incident(15 * SECOND, "pcpu-stall", "pcpu 3", "its softirqs waited 5.012 s", Cause.NONE),
            new Incident(20 * SECOND, "watchdog-panic", "pcpu 3", "had been in set_mem_access since 15 s", Cause.NONE),
            new Incident(25 * SECOND, "host-reboot", "xen", "the machine restarted", Cause.NONE));

    private static HostReport host(String name, Fate fate, List<Domain> domains) {
        return new HostReport(
                name,
                fate,
                60 * SECOND,
                fate == Fate.CRASHED ? 20 * SECOND : -1,
                100,
                List.of(),
                List.of(new Pcpu(0, 0, 0, 0, 0, 0, 0, 0), new Pcpu(3, 0, 0, 0, 0, 0, 5_012_345_678L, 0)),
                domains,
                List.of(new Hypercall(
                        "victim-dm",
                        "set_mem_access",
                        3,
                        1,
                        0,
                        1_048_576,
                        2_884_123_456L,
                        2_884_124_000L,
                        new TreeMap<>(Map.of(0, 1L, -22, 1L)))),
                fate == Fate.CRASHED ? CRASH : List.of(),
                0);
    }

    private static RunSummary summary(List<HostReport> hosts, Expected... expected) {
        return RunSummary.of(
                new RunFacts("xsa-89", 89, "", hosts.size(), false, "default", List.of()), hosts, List.of(expected));
    }

    @Test
    void shouldTellAStrangerWhatHappenedToOneHost() {
        RunSummary summary = summary(
                List.of(host("pool-a/0", Fate.CRASHED, DOMAINS)),
                new Expected("hosts.crashed == 1", "hosts.crashed", "==", BigDecimal.ONE),
                new Expected("longest_pcpu_stall_ns < 10ms", "longest_pcpu_stall_ns", "<", new BigDecimal(10_000_000)),
                new Expected("hosts.crushed == 1", "hosts.crushed", "==", BigDecimal.ONE));

        // shares: CPU time over the 20 s that the host was up
        assertThat(SummaryTable.of(summary, 120, false)).isEqualTo("""
                        xsa-89: FAIL, 2 of 3 expectations not met. Simulated 60 s of 1 host, seed 89.

                        Host pool-a/0 crashed at 20 s. Longest stall of a physical CPU: 5.012 s (CPU 3).
                          All 4 domains are lost, 2 of them guests. The NMI watchdog panicked Xen: CPU 3 had been in set_mem_access since 15 s.
                          At 25 s the machine restarted.
                          at 15 s: pcpu-stall, pcpu 3: its softirqs waited 5.012 s

                        Domain     Kind                  Share of a CPU  Waited up to  Late by up to  Available
                        web-0      HVM guest                        5 %       2.884 s        2.884 s       50 %
                        victim     HVM guest, attacked             50 %      10.05 ms              0      100 %
                        Domain-0   PV control domain               15 %             0         3.4 us      100 %
                        victim-dm  PV stub device model            25 %             0              0      100 %

                        Caller     Hypercall                  Calls  Continuations  Iterations  Longest slice             Returned
                        victim-dm  set_mem_access  3 (1 unfinished)              0   1,048,576        2.884 s  0 x1, -22 EINVAL x1

                        Expected                      Found                 Met
                        hosts.crashed == 1            1                     yes
                        longest_pcpu_stall_ns < 10ms  5012345678 (5.012 s)  no
                        hosts.crushed == 1            no number             no
                        hosts has no "crushed"; did you mean crashed?
                        """);
    }

    @Test
    void shouldListTheTwelveDomainsThatWaitedLongestAndCountTheOthers() {
        List<Domain> domains = IntStream.range(0, 14)
                .mapToObj(i -> new Domain(i, "d" + i, "hvm", Role.GUEST, false, 0, i, 0, 1, 1, 0, 0, "running"))
                .toList();

        String text = SummaryTable.of(summary(List.of(host("p/0", Fate.HEALTHY, domains))), 100, false);

        assertThat(text.lines().filter(line -> line.startsWith("d")))
                .hasSize(12)
                .first()
                .asString()
                .startsWith("d13 ");
        assertThat(text).contains("\nand 2 more domains, which waited less\n").doesNotContain("\nd1 ");
    }

    @Test
    void shouldListMoreThanFourHostsWorstFirstAndTellTheWorst() {
        List<HostReport> hosts = IntStream.range(10, 30)
                .mapToObj(i -> host("p/" + i, i == 25 ? Fate.CRASHED : Fate.HEALTHY, DOMAINS))
                .toList();

        List<String> lines = SummaryTable.of(summary(hosts), 100, false).lines().toList();

        assertThat(lines)
                .contains("19 healthy, 0 degraded, 0 unresponsive, 0 fenced, 1 crashed; guests were available 75 %"
                        + " of the time.")
                .contains("and 4 more hosts, none of them worse");
        assertThat(lines.stream().filter(line -> line.startsWith("p/"))).hasSize(16);
        assertThat(lines.stream().filter(line -> line.startsWith("Host p/")))
                .singleElement()
                .asString()
                .startsWith("Host p/25 crashed at 20 s.");
    }

    @Test
    void shouldKeepToTheWidthByCuttingNames() {
        List<Domain> domains =
                List.of(new Domain(1, "d".repeat(80), "hvm", Role.GUEST, false, 0, 0, 0, 1, 1, 0, 0, "running"));

        String text = SummaryTable.of(summary(List.of(host("p/0", Fate.HEALTHY, domains))), 100, false);

        assertThat(text).contains("ddd...  HVM guest");
        assertThat(text.lines().filter(line -> line.startsWith("dd"))).allMatch(line -> line.length() <= 100);
    }

    @Test
    void shouldAlignTheSameWithColourAndWithout() {
        RunSummary summary = summary(List.of(host("p/0", Fate.CRASHED, DOMAINS)));

        String coloured = SummaryTable.of(summary, 100, true);

        assertThat(coloured).contains("\u001b[31mcrashed at 20 s\u001b[0m");
        assertThat(coloured.replaceAll("\u001b\\[\\d+m", "").replaceAll(" +\n", "\n"))
                .isEqualTo(SummaryTable.of(summary, 100, false));
    }

    @Test
    void shouldNotLetANameMoveTheCursor() {
        List<Domain> domains =
                List.of(new Domain(1, "a\u001b[2Jb", "hvm", Role.GUEST, false, 0, 0, 0, 1, 1, 0, 0, "running"));

        assertThat(SummaryTable.of(summary(List.of(host("p/0", Fate.HEALTHY, domains))), 100, false))
                .contains("a?[2Jb")
                .doesNotContain("\u001b");
    }

    @Test
    void shouldSayWhichCostsWereUsedIfTheyAreNotTheUsualOnes() {
        List<HostReport> hosts = List.of(host("p/0", Fate.HEALTHY, DOMAINS));

        assertThat(table("high", List.of("p2m-entry", "flush-base"), hosts))
                .contains("  Costs: high but for p2m-entry, flush-base.\n");
        assertThat(table("low", List.of(), hosts)).contains("  Costs: low.\n");
        assertThat(table("default", List.of("p2m-entry"), hosts)).contains("  Costs: default but for p2m-entry.\n");
        assertThat(table("default", List.of(), hosts)).doesNotContain("Costs:");
    }

    private static String table(String costLevel, List<String> changed, List<HostReport> hosts) {
        RunFacts facts = new RunFacts("xsa-89", 89, "", hosts.size(), false, costLevel, changed);
        return SummaryTable.of(RunSummary.of(facts, hosts, List.of()), 100, false);
    }
}
