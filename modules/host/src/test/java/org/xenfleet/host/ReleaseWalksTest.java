package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenfleet.observe.HostReport;
import org.xenfleet.timeline.StateBuffer;

/**
 * A stub device model on pCPU 1, which it shares with a CPU-bound neighbour, and its guest, whose vCPU runs on pCPU 0 all the
 * time: one pCPU to flush, 2,500 ns. The guest has 1,048,576 pages (4 GiB), none of which was touched before.
 */
class ReleaseWalksTest {
    private static final long N = 1_048_576;

    @TempDir
    Path folder;

    private TestHost host(String version, String listener, String call) {
        return TestHost.in(folder, "8s", """
                        cpus = 2, xen { version = "%s", scheduler = credit, time-at-start = 0ms }
                        dom0 { vcpus = 1 }
                        domains {
                          neighbour { xl = neighbour.cfg, workload = busy }
                          victim {
                            xl = victim.cfg, workload = busy, mem-access-listener = %s
                            device-model-workload = attack, device-model-cpus = "1"
                          }
                        }
                        """.formatted(version, listener), """
                        workloads {
                          busy { kind = cpu }
                          attack { kind = hypercalls, %s, repeat = 1 }
                        }
                        """.formatted(call))
                .xl("neighbour.cfg", """
                        name = "neighbour"
                        kernel = "/boot/vmlinuz"
                        memory = 1024
                        vcpus = 1
                        cpus = "1"
                        """)
                .xl("victim.cfg", """
                        name = "victim"
                        type = "hvm"
                        memory = 4096
                        vcpus = 1
                        cpus = "0"
                        device_model_stubdomain_override = 1
                        """);
    }

    private static final String WHOLE = "operation = %s, access = r, start = 1s";

    private static List<Long> pages(TestHost.Outcome outcome) {
        return outcome.seen().slices.stream().map(Recorder.Slice::pages).toList();
    }

    private static void assertCutInMultiplesOf(int stride, TestHost.Outcome outcome) {
        List<Long> pages = pages(outcome);

        assertThat(pages).hasSizeGreaterThan(20);
        assertThat(pages.subList(0, pages.size() - 1)).allMatch(p -> p > 0 && p % stride == 0);
        assertThat(pages.stream().mapToLong(p -> p).sum()).isEqualTo(N);
        assertThat(outcome.call().returned()).containsOnlyKeys(0);
        assertThat(outcome.call().continuations()).isEqualTo(pages.size() - 1);
    }

    @Test
    void accessOpIsCutInMultiplesOf64PagesAndLeavesTheStructAlone() {
        TestHost.Outcome outcome =
                host("4.5.0", "true", WHOLE.formatted("access_op")).run();

        assertCutInMultiplesOf(64, outcome);
        assertThat(outcome.seen().calls.get(0).first()).isZero();
        assertThat(outcome.seen().calls.get(0).nr()).isEqualTo(N);
    }

    @Test
    void theSecondFixOfMasterIsCutInMultiplesOf256PagesAndLeavesTheStructAlone() {
        TestHost.Outcome outcome = host("4.5-unstable@e8b87b57b4", "false", WHOLE.formatted("set_mem_access"))
                .run();

        assertCutInMultiplesOf(256, outcome);
        assertThat(outcome.seen().calls.get(0).first()).isZero();
        assertThat(outcome.seen().calls.get(0).nr()).isEqualTo(N);
    }

    /** Same slices at the same instants; only what the caller finds in its struct differs. */
    @Test
    void theFirstFixOfMasterDiffersFromTheReleasedOneInTheStructOnly() {
        TestHost.Outcome master = host("4.5-unstable@8bad6c5626", "false", WHOLE.formatted("set_mem_access"))
                .run();
        TestHost.Outcome released =
                host("4.4.1", "false", WHOLE.formatted("set_mem_access")).run();

        assertCutInMultiplesOf(1, master);
        assertThat(master.seen().slices).isEqualTo(released.seen().slices);
        assertThat(master.seen().calls.get(0).nr()).isEqualTo(N);
        assertThat(released.seen().calls.get(0).nr())
                .isEqualTo(pages(released).get(pages(released).size() - 1));
    }

    /** ENODEV is -19; xen-semantics 9, statement 8. */
    @Test
    void withoutAListenerTheStubDoesNotReachTheLoop() {
        TestHost.Outcome outcome =
                host("4.5.0", "false", WHOLE.formatted("access_op")).run();

        assertThat(outcome.seen().slices).isEmpty();
        assertThat(outcome.call().returned()).containsOnlyKeys(-19);
        assertThat(outcome.call().iterations()).isZero();
    }

    /** One superpage, split once: 512 * (250 + 2,500) + 600 ns up to 4.6, from 4.7 on 512 * 250 + 600 + 2,500 ns. */
    @ParameterizedTest
    @CsvSource({"4.5.0, 1408600", "4.6.0, 1408600", "4.7.0, 131100", "4.17.7, 131100"})
    void from47OnASliceFlushesOnce(String version, long ns) {
        TestHost.Outcome outcome = host(
                        version, "true", "operation = access_op, access = r, pages = 512, start = 1002ms")
                .run();

        assertThat(outcome.seen().slices).hasSize(1);
        assertThat(outcome.seen().slices.get(0).length()).isEqualTo(ns);
    }

    /** 4.1 has the default as its code 9; 4.2 to 4.4 have it as code 10 and refuse it. */
    @ParameterizedTest
    @CsvSource({"4.1.6.1, 0", "4.2.4, -22", "4.4.0, -22"})
    void theDefaultAccessCanBeAskedForIn41(String version, int errno) {
        TestHost.Outcome outcome = host(
                        version, "false", "operation = set_mem_access, access = default, pages = 512, start = 1s")
                .run();

        assertThat(outcome.call().returned()).containsOnlyKeys(errno);
    }

    @Test
    void a32BitBuildOf42DoesNotWalk() {
        TestHost.Outcome outcome = host("4.2.4", "false", WHOLE.formatted("set_mem_access"))
                .set("hosts.h.xen.bits=32")
                .run();

        assertThat(outcome.seen().slices).isEmpty();
        assertThat(outcome.call().returned()).containsOnlyKeys(-22);
    }

    /** Gfn 1,048,576 is the first above the guest's; a hole has a type, but no access. */
    @Test
    void lookUpsReturnWhatTheReleaseTells() {
        HostReport report = host(
                        "4.4.0",
                        "false",
                        "operation = [maximum_gpfn, get_mem_type, get_mem_access], first-pfn = 1048576, start = 1s")
                .run()
                .report();

        assertThat(report.hypercalls())
                .extracting(HostReport.Hypercall::operation, h -> h.returned().keySet())
                .containsExactlyInAnyOrder(
                        tuple("maximum_gpfn", Set.of(1_048_575)),
                        tuple("get_mem_type", Set.of(0)),
                        tuple("get_mem_access", Set.of(-22)));
    }

    /** A deferred flush is under way, or still to come, in some of the instants. */
    @Test
    void aHostGoesOnFromWithinASliceThatFlushesAtItsEnd() {
        TestHost host = host("4.7.0", "true", WHOLE.formatted("access_op"));
        TestHost.Outcome undisturbed = host.run();
        int withinASlice = 0;
        for (long at = 1_005_003_000L; at < 1_500_000_000L; at += 41_000_700L) {
            long instant = at;
            StateBuffer snapshot = host.with((simulation, seen) -> {
                simulation.boot();
                simulation.advance(instant, Long.MAX_VALUE);
                return simulation.snapshot();
            });
            HostReport resumed = host.with((simulation, seen) -> {
                simulation.restore(snapshot);
                assertThat(simulation.snapshot().firstDifference(snapshot)).isEqualTo(-1);
                simulation.advance(8_000_000_000L, Long.MAX_VALUE);
                return simulation.finish();
            });
            assertThat(resumed).as("from %d ns", instant).isEqualTo(undisturbed.report());
            withinASlice += (int) undisturbed.seen().slices.stream()
                    .filter(s -> s.start() < instant && instant < s.end())
                    .count();
        }
        assertThat(withinASlice).isGreaterThan(2);
    }
}
