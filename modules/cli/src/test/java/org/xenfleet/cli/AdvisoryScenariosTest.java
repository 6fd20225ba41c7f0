package org.xenfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xenfleet.fleet.RunResult;
import org.xenfleet.fleet.Simulation;
import org.xenfleet.observe.HostReport;
import org.xenfleet.observe.HostReport.Fate;
import org.xenfleet.observe.HostReport.Hypercall;
import org.xenfleet.observe.HostReport.Pcpu;
import org.xenfleet.results.CheckedExpectation;
import org.xenfleet.results.Verdict;
import org.xenfleet.scenario.ScenarioLoader;

/** What config/advisories shows, before and after the fix, in numbers that follow from bounds and costs. */
class AdvisoryScenariosTest {
    private static final long US = 1_000L;
    private static final long MS = 1_000_000L;
    private static final long SECOND = 1_000_000_000L;

    /** From when a call begins to the tick that first finds its pCPU tied. */
    private static final long TICK = 10 * MS + 100 * US;

    /** Each scenario is run once for all tests of it. */
    private static final Map<String, RunResult> RESULTS = new TreeMap<>();

    private static Path folder() {
        return Path.of("").toAbsolutePath().resolve("../../config/advisories").normalize();
    }

    static Stream<String> scenarios() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files
                    .map(f -> String.valueOf(f.getFileName()))
                    .filter(f -> f.endsWith(".conf"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static RunResult run(String file) throws Exception {
        RunResult known = RESULTS.get(file);
        if (known == null) {
            Path path = folder().resolve(file);
            known = Simulation.of(ScenarioLoader.load(path, List.of(), OptionalLong.empty(), OptionalLong.empty()))
                    .run();
            RESULTS.put(file, known);
        }
        return known;
    }

    /** The hosts of the pools {@code before} and {@code after}. */
    private record Both(HostReport before, HostReport after) {
        static Both of(String file) throws Exception {
            RunResult result = run(file);
            return new Both(host(result, "before/0"), host(result, "after/0"));
        }
    }

    private static HostReport host(RunResult result, String name) {
        return result.summary().reports().stream()
                .filter(h -> h.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Hypercall call(HostReport host, String operation) {
        return host.hypercalls().stream()
                .filter(h -> h.operation().equals(operation))
                .findFirst()
                .orElseThrow();
    }

    private static long stall(HostReport host) {
        return host.pcpus().stream().mapToLong(Pcpu::longestStallNs).max().orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void shouldMeetItsOwnExpectations(String file) throws Exception {
        RunResult result = run(file);

        assertThat(result.summary().expectations()).isNotEmpty().allMatch(CheckedExpectation::met);
        assertThat(result.summary().verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void shouldBeThereForEveryAdvisoryThatAnOperationNames() throws IOException {
        assertThat(scenarios())
                .containsExactlyInAnyOrder(
                        "xsa-11.conf",
                        "xsa-27.conf",
                        "xsa-31.conf",
                        "xsa-45.conf",
                        "xsa-60.conf",
                        "xsa-89.conf",
                        "xsa-97.conf",
                        "xsa-114.conf",
                        "xsa-125.conf",
                        "xsa-127.conf",
                        "xsa-136.conf",
                        "xsa-262.conf",
                        "xsa-264.conf",
                        "xsa-334.conf",
                        "xsa-344.conf",
                        "xsa-380.conf",
                        "xsa-428.conf",
                        "xsa-492.conf");
    }

    /** 2,097,152 pages x (250 + 50) ns, and 4,096 tables x 600 ns; after: cut off at every tick, and the same work. */
    @Test
    void xsa89ShouldGiveWayAfterAPage() throws Exception {
        Both hosts = Both.of("xsa-89.conf");

        long slice = 2_097_152L * 300 + 4_096L * 600;
        assertThat(call(hosts.before(), "set_mem_access").longestSliceNs()).isEqualTo(slice);
        assertThat(call(hosts.before(), "set_mem_access").continuations()).isZero();
        assertThat(stall(hosts.before())).isBetween(slice - TICK, slice + 10 * US);
        assertThat(hosts.before().fate()).isEqualTo(Fate.DEGRADED);
        assertThat(call(hosts.after(), "set_mem_access"))
                .satisfies(c -> assertThat(c.iterations()).isEqualTo(2_097_152L))
                .satisfies(c -> assertThat(c.continuations()).isGreaterThan(60))
                .satisfies(c -> assertThat(c.longestSliceNs()).isLessThan(TICK));
        assertThat(hosts.after().fate()).isEqualTo(Fate.HEALTHY);
    }

    /** 2,097,152 pages x 250 ns and x 150 ns; after: EINVAL (-22) above 262,144 pages. */
    @Test
    void xsa27ShouldGiveWayAfterAPageAndRefuseALongRange() throws Exception {
        Both hosts = Both.of("xsa-27.conf");

        assertThat(call(hosts.before(), "set_mem_type").longestSliceNs()).isEqualTo(2_097_152L * 250);
        assertThat(call(hosts.before(), "track_dirty_vram").longestSliceNs()).isEqualTo(2_097_152L * 150);
        assertThat(stall(hosts.before())).isBetween(2_097_152L * 250 - TICK, 2_097_152L * 250 + 10 * US);
        assertThat(call(hosts.after(), "set_mem_type"))
                .satisfies(c -> assertThat(c.iterations()).isEqualTo(2 * 2_097_152L))
                .satisfies(c -> assertThat(c.continuations()).isGreaterThan(50))
                .satisfies(c -> assertThat(c.longestSliceNs()).isLessThan(TICK));
        assertThat(call(hosts.after(), "track_dirty_vram").returned()).isEqualTo(Map.of(-22, 2L));
    }

    /** 262,144 pages x 500 ns; after: E2BIG (-7); 64 at a time 32 us each. */
    @Test
    void xsa125ShouldRefuseMoreThan64Pages() throws Exception {
        RunResult result = run("xsa-125.conf");
        HostReport before = host(result, "before/0");

        assertThat(call(before, "memory_mapping").iterations()).isEqualTo(8 * 262_144L);
        assertThat(call(before, "memory_mapping").longestSliceNs())
                .isBetween(262_144L * 500, 262_144L * 500 + 100 * US);
        assertThat(call(before, "getdomaininfo").longestCallNs()).isGreaterThan(100 * MS);
        assertThat(call(host(result, "after/0"), "memory_mapping"))
                .satisfies(c -> assertThat(c.returned()).isEqualTo(Map.of(-7, 8L)))
                .satisfies(c -> assertThat(c.iterations()).isZero());
        assertThat(call(host(result, "split/0"), "memory_mapping"))
                .satisfies(c -> assertThat(c.returned()).isEqualTo(Map.of(0, 4096L)))
                .satisfies(c -> assertThat(c.iterations()).isEqualTo(262_144));
    }

    /** 2^25 pages x 110 ns without a test; after: nothing done, and that is no error. */
    @Test
    void xsa31ShouldEndBeforeAnExtentOfTooHighAnOrder() throws Exception {
        Both hosts = Both.of("xsa-31.conf");

        assertThat(call(hosts.before(), "pod_decrease_reservation").longestSliceNs())
                .isEqualTo((1L << 25) * 110);
        assertThat(call(hosts.before(), "pod_decrease_reservation").returned()).isEqualTo(Map.of(1, 1L));
        assertThat(call(hosts.after(), "pod_decrease_reservation").returned()).isEqualTo(Map.of(0, 1L));
        assertThat(call(hosts.after(), "pod_decrease_reservation").iterations()).isZero();
    }

    /** 512^3 entries x 30 ns; after: cut between 512 of them, and as many done in all. */
    @Test
    void xsa45ShouldGiveWayBetweenEntriesOfHigherTables() throws Exception {
        Both hosts = Both.of("xsa-45.conf");

        assertThat(call(hosts.before(), "unpin_table").longestSliceNs()).isEqualTo(512L * 512 * 512 * 30);
        assertThat(call(hosts.after(), "unpin_table").iterations()).isEqualTo(512L * 512);
        assertThat(call(hosts.after(), "unpin_table").returned()).isEqualTo(Map.of(0, 1L));
        assertThat(stall(hosts.after())).isLessThan(512 * 30 + 5 * US);
    }

    /** 100,000 leaves x 5 us, three times; after: as many, in pieces. */
    @Test
    void xsa97ShouldGiveWayAfterALeaf() throws Exception {
        Both hosts = Both.of("xsa-97.conf");

        assertThat(call(hosts.before(), "shadow_op_clean").longestSliceNs())
                .isBetween(100_000L * 5_000, 100_000L * 5_000 + 100 * US);
        assertThat(call(hosts.after(), "shadow_op_clean").iterations())
                .isEqualTo(call(hosts.before(), "shadow_op_clean").iterations())
                .isEqualTo(300_000);
        assertThat(call(hosts.after(), "shadow_op_clean").continuations()).isGreaterThan(100);
    }

    /** 33,554,432 gfns x 110 ns of the destruction; both destroy the guest. */
    @Test
    void xsa11ShouldNotSearchWhereNothingIsShared() throws Exception {
        Both hosts = Both.of("xsa-11.conf");
        long scan = 33_554_432L * 110;

        assertThat(call(hosts.before(), "destroydomain").returned()).isEqualTo(Map.of(0, 1L));
        assertThat(call(hosts.after(), "destroydomain").returned()).isEqualTo(Map.of(0, 1L));
        assertThat(call(hosts.before(), "destroydomain").longestSliceNs()).isBetween(scan, scan + 20 * MS);
        assertThat(call(hosts.before(), "destroydomain").longestCallNs()
                        - call(hosts.after(), "destroydomain").longestCallNs())
                .isBetween(scan - 20 * MS, scan + 20 * MS);
    }

    /** 131,072 channels x 500 ns; after: cut between 64, and all are closed. */
    @Test
    void xsa344ShouldGiveWayAfter64Ports() throws Exception {
        Both hosts = Both.of("xsa-344.conf");

        assertThat(call(hosts.before(), "evtchn_reset").longestSliceNs()).isEqualTo(131_072L * 500);
        assertThat(call(hosts.after(), "evtchn_reset"))
                .satisfies(c -> assertThat(c.iterations()).isEqualTo(131_072))
                .satisfies(c -> assertThat(c.continuations()).isGreaterThan(4))
                .satisfies(c -> assertThat(c.returned()).isEqualTo(Map.of(0, 1L)));
    }

    /** 67,108,864 entries x 15 ns at the death of a domain, and as many for each of 16 grants. */
    @Test
    void xsa380ShouldNotScanWhatItNeedNot() throws Exception {
        Both hosts = Both.of("xsa-380.conf");
        long scan = 67_108_864L * 15;

        assertThat(hosts.before().pcpus().get(0).longestStallNs()).isBetween(scan - TICK, scan + MS);
        assertThat(call(hosts.before(), "map_grant_ref").longestSliceNs()).isBetween(scan, 2 * scan);
        assertThat(call(hosts.after(), "map_grant_ref").longestSliceNs()).isEqualTo(16 * 15);
        assertThat(call(hosts.after(), "destroydomain").returned()).isEqualTo(Map.of(0, 1L));
    }

    /** Call n looks at n regions, 20 ns each: the sum of 1 to n; after: 64, then ENOSPC (-28). */
    @Test
    void xsa428ShouldTakeLongerWithEveryCall() throws Exception {
        Both hosts = Both.of("xsa-428.conf");

        assertThat(call(hosts.before(), "pin_memory_cacheattr"))
                .satisfies(c -> assertThat(c.iterations()).isEqualTo(20_000L * 20_001 / 2))
                .satisfies(c -> assertThat(c.longestSliceNs()).isEqualTo(20_000L * 20))
                .satisfies(c -> assertThat(c.returned()).isEqualTo(Map.of(0, 20_000L)));
        assertThat(call(hosts.after(), "pin_memory_cacheattr"))
                .satisfies(c -> assertThat(c.iterations()).isEqualTo(64L * 65 / 2))
                .satisfies(c -> assertThat(c.returned()).isEqualTo(Map.of(0, 64L, -28, 19_936L)));
    }

    /** 2^33 accesses are 71 minutes: the watchdog of 2 Hz panics 4 to 5.5 s into the call; after: nine words. */
    @Test
    void xsa136ShouldEndAfterNineWords() throws Exception {
        Both hosts = Both.of("xsa-136.conf");

        assertThat(hosts.before().fate()).isEqualTo(Fate.CRASHED);
        assertThat(hosts.before().downAtNs()).isBetween(5 * SECOND - MS, 6_600 * MS);
        assertThat(call(hosts.after(), "iret_compat").longestSliceNs()).isEqualTo(9 * 500);
    }

    /** The call never returns, and dom0's domctl that tries then neither; after: EINVAL (-22). */
    @Test
    void xsa127ShouldNotWaitForItself() throws Exception {
        Both hosts = Both.of("xsa-127.conf");

        assertThat(call(hosts.before(), "resumedomain").unfinished()).isEqualTo(1);
        assertThat(call(hosts.before(), "getdomaininfo").unfinished()).isEqualTo(1);
        assertThat(call(hosts.before(), "getdomaininfo").calls()).isBetween(90L, 110L);
        assertThat(call(hosts.after(), "resumedomain").returned()).isEqualTo(Map.of(-22, 1L));
        assertThat(call(hosts.after(), "getdomaininfo").unfinished()).isZero();
    }

    /** Tied from 1 s on for as long as the stub runs; where it shares its pCPU, until its slice of 30 ms is over. */
    @Test
    void xsa262ShouldLastForAsLongAsTheDeviceModelRuns() throws Exception {
        RunResult result = run("xsa-262.conf");
        Hypercall endless = call(host(result, "before/0"), "ioreq_wait");
        Hypercall ended = call(host(result, "shared/0"), "ioreq_wait");

        assertThat(endless.unfinished()).isEqualTo(1);
        assertThat(endless.longestSliceNs()).isBetween(4 * SECOND - MS, 4 * SECOND);
        assertThat(ended.unfinished()).isZero();
        assertThat(ended.longestSliceNs()).isBetween(1L, 31 * MS);
        assertThat(call(host(result, "after/0"), "ioreq_wait").iterations()).isEqualTo(4);
        assertThat(host(result, "after/0").domains())
                .filteredOn(d -> d.name().equals("tenant"))
                .singleElement()
                .satisfies(d -> assertThat(d.state()).isEqualTo("shut-down"));
    }

    /** Tied from 1 s on; after: the call goes on too, but no slice is longer than a tick. */
    @Test
    void xsa264ShouldGiveWayAfterATry() throws Exception {
        Both hosts = Both.of("xsa-264.conf");

        assertThat(call(hosts.before(), "get_page_type").longestSliceNs()).isBetween(4 * SECOND - MS, 4 * SECOND);
        assertThat(call(hosts.before(), "get_page_type").continuations()).isZero();
        assertThat(call(hosts.after(), "get_page_type").longestSliceNs()).isLessThan(TICK);
        assertThat(call(hosts.after(), "get_page_type").continuations()).isGreaterThan(300);
    }

    /** dom0's calls wait behind 64 pages x 500 ns of six others, twice if a tick interrupts a try; after: nobody's lock. */
    @Test
    void xsa492ShouldNotNeedTheDomctlLock() throws Exception {
        Both hosts = Both.of("xsa-492.conf");

        assertThat(call(hosts.before(), "getdomaininfo").longestCallNs()).isBetween(32 * US, 2 * 7 * 34 * US);
        assertThat(call(hosts.before(), "getdomaininfo").continuations()).isGreaterThan(1000);
        assertThat(call(hosts.after(), "getdomaininfo").continuations()).isZero();
        assertThat(call(hosts.after(), "getdomaininfo").longestCallNs()).isLessThan(32 * US);
    }

    /** A writer waits for three seconds; after: for the next test of two readers, at a tick of 10 ms. */
    @Test
    void xsa114ShouldLetAWriterIn() throws Exception {
        Both hosts = Both.of("xsa-114.conf");

        assertThat(call(hosts.before(), "get_mem_access").unfinished()).isEqualTo(1);
        assertThat(hosts.before().pcpus().get(2).spinNs()).isBetween(3 * SECOND - MS, 3 * SECOND);
        assertThat(call(hosts.after(), "get_mem_access").returned()).isEqualTo(Map.of(0, 10L));
        assertThat(call(hosts.after(), "get_mem_access").longestCallNs()).isLessThan(20 * MS);
    }

    /** EACCES (-13) either way; dom0's call to take a pCPU out of use never returns before the fix. */
    @Test
    void xsa334ShouldLeaveNoLockBehind() throws Exception {
        Both hosts = Both.of("xsa-334.conf");

        assertThat(call(hosts.before(), "acquire_resource").returned()).isEqualTo(Map.of(-13, 1L));
        assertThat(call(hosts.after(), "acquire_resource").returned()).isEqualTo(Map.of(-13, 1L));
        assertThat(call(hosts.before(), "cpu_offline").unfinished()).isEqualTo(1);
        assertThat(hosts.before().pcpus().get(0).spinNs()).isBetween(3 * SECOND - MS, 3 * SECOND);
        assertThat(call(hosts.after(), "cpu_offline").returned()).isEqualTo(Map.of(0, 1L));
        assertThat(hosts.before().incidents())
                .isNotEmpty()
                .allSatisfy(i -> assertThat(i.toString())
                        .contains("cpu_offline of Domain-0 on pcpu 0 since 2.000 s spun until every pCPU had passed a"
                                + " quiescent state; pcpu 2 had not"));
    }

    /** 2,097,152 entries x 150 ns; after: one step. */
    @Test
    void xsa60ShouldNotWalkOverTheEpt() throws Exception {
        Both hosts = Both.of("xsa-60.conf");

        assertThat(call(hosts.before(), "cr0_cd_write").longestSliceNs()).isEqualTo(2_097_152L * 150);
        assertThat(call(hosts.after(), "cr0_cd_write").longestSliceNs()).isEqualTo(150);
    }
}
