package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenfleet.observe.HostObserver.SliceEnd;
import org.xenfleet.observe.HostReport;
import org.xenfleet.timeline.StateBuffer;

/**
 * Calls that a guest makes on itself, on a host of 1 GiB whose dom0 has 256 MiB: a guest of 64 MiB has 16,384 pages, may have
 * 256 more, and 196,608 - 16,384 = 180,224 are free.
 */
class SelfCallsTest {
    private static final long MIB = 1 << 20;
    private static final long PAGE = 4096;

    @TempDir
    Path folder;

    /** {@code call} is what the guest's workload has beside its kind; {@code host} what else the host has. */
    private TestHost guest(String version, String type, String call, String host) {
        return TestHost.in(folder, "2s", """
                        cpus = 2, memory = 1GiB
                        xen { version = "%s", scheduler = credit, time-at-start = 0ms, accounting-phase = 1ms }
                        dom0 { vcpus = 1, memory = 256MiB }
                        domains { g { xl = g.cfg, workload = call } }
                        %s
                        """.formatted(version, host), """
                        workloads {
                          call { kind = hypercalls, %s }
                          spin { kind = cpu }
                        }
                        """.formatted(call))
                .xl("g.cfg", "name = \"g\"\nmemory = 64\n%s\n".formatted(type));
    }

    private TestHost pv(String call) {
        return guest("4.17.7", "kernel = \"/k\"", call, "");
    }

    private static HostReport.Hypercall call(TestHost.Outcome outcome, String operation) {
        return outcome.report().hypercalls().stream()
                .filter(c -> c.operation().equals(operation))
                .findFirst()
                .orElseThrow();
    }

    private static SortedMap<Integer, Long> returned(TestHost.Outcome outcome, String operation) {
        return call(outcome, operation).returned();
    }

    @Test
    void pagesThatAGuestGivesBackAreTheHosts() {
        TestHost.Outcome outcome = pv("operation = decrease_reservation, count = 10000, repeat = 1")
                .run();

        assertThat(outcome.domain("g").memoryBytes()).isEqualTo((16_384 - 10_000) * PAGE);
        assertThat(outcome.report().freeMemoryBytes()).isEqualTo((180_224 + 10_000) * PAGE);
        assertThat(returned(outcome, "decrease_reservation")).containsExactly(Map.entry(10_000, 1L));
        assertThat(call(outcome, "decrease_reservation").caller()).isEqualTo("g");
        assertThat(call(outcome, "decrease_reservation").iterations()).isEqualTo(10_000);
        assertThat(outcome.domain("g").attacked()).isFalse();
    }

    @Test
    void aGuestHasNoMoreThanItsPagesToGiveBack() {
        TestHost.Outcome outcome = pv("operation = decrease_reservation, count = 10000, repeat = 3, pause = 10ms")
                .run();

        assertThat(returned(outcome, "decrease_reservation"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(10_000, 1L, 6_384, 1L, 0, 1L));
        assertThat(outcome.domain("g").memoryBytes()).isZero();
    }

    /** libxl lets a guest have 1 MiB, 256 pages, above its memory. */
    @Test
    void aGuestGetsPagesUpToItsLimit() {
        TestHost.Outcome outcome =
                pv("operation = populate_physmap, count = 1000, repeat = 2").run();

        assertThat(returned(outcome, "populate_physmap")).containsExactlyInAnyOrderEntriesOf(Map.of(256, 1L, 0, 1L));
        assertThat(outcome.domain("g").memoryBytes()).isEqualTo(65 * MIB);
    }

    /** dom0 has no limit but the host's memory; 100,000 extents are 224 ms of CPU and some 20 entries. */
    @Test
    void dom0GetsPagesAsLongAsTheHostHasAnyFree() {
        TestHost.Outcome outcome = guest(
                        "4.17.7", "kernel = \"/k\"", "operation = populate_physmap, count = 100000, repeat = 3", "")
                .set("hosts.h.dom0.workload = call")
                .set("hosts.h.domains.g.workload = idle")
                .run();

        assertThat(returned(outcome, "populate_physmap"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(100_000, 1L, 80_224, 1L, 0, 1L));
        assertThat(call(outcome, "populate_physmap").caller()).isEqualTo("Domain-0");
        assertThat(call(outcome, "populate_physmap").continuations()).isGreaterThan(15);
        assertThat(outcome.report().freeMemoryBytes()).isZero();
        assertThat(outcome.domain("Domain-0").memoryBytes()).isEqualTo((256 + 704) * MIB);
    }

    /** Each of the two may have all that is left after the other: together they get 2 times 256 pages, or what is free. */
    @Test
    void twoCallersNeverGetTheSamePage() {
        TestHost.Outcome outcome = pv("operation = populate_physmap, count = 1000, repeat = 1")
                .set("hosts.h.dom0.workload = call")
                .set("hosts.h.dom0.vcpus = 1")
                .set("hosts.h.memory = 322MiB")
                .run();

        // 322 - 256 - 64 = 2 MiB are free, 512 pages; the guest's limit is 256
        long both = outcome.report().hypercalls().stream()
                .mapToLong(HostReport.Hypercall::iterations)
                .sum();
        assertThat(both).isEqualTo(512);
        assertThat(outcome.report().freeMemoryBytes()).isZero();
        assertThat(outcome.domain("g").memoryBytes()
                        + outcome.domain("Domain-0").memoryBytes())
                .isEqualTo(322 * MIB);
    }

    /** 10,000 extents of 1,680 ns are 16.8 ms, then as many of 2,240 ns 22.4 ms; a pause of 50 ms comes after both. */
    @Test
    void aRoundOfOperationsIsPerformedInTurnAndThenPauses() {
        TestHost.Outcome outcome =
                pv("operation = [decrease_reservation, populate_physmap], count = 10000, pause = 50ms")
                        .run();
        List<Recorder.Call> calls = outcome.seen().calls;

        assertThat(calls.get(0).length()).isBetween(16_800_000L, 16_850_000L);
        assertThat(calls.get(1).length()).isBetween(22_400_000L, 22_450_000L);
        assertThat(calls.get(1).issued()).isEqualTo(calls.get(0).end());
        assertThat(calls.get(2).issued() - calls.get(1).end()).isBetween(50_000_000L, 50_020_000L);
        assertThat(calls.get(0).returned()).isEqualTo(10_000);
        assertThat(outcome.domain("g").memoryBytes()).isBetween(54 * MIB / 2, 64 * MIB);
        assertThat(outcome.report().hypercalls())
                .extracting(HostReport.Hypercall::operation)
                .containsExactly("decrease_reservation", "populate_physmap");
    }

    @Test
    void aCutOffCallGoesOnWhereItWasAndDoesEveryIterationOnce() {
        TestHost.Outcome outcome =
                pv("operation = mmu_update, count = 200000, repeat = 1").run();
        List<Recorder.Slice> slices = outcome.seen().slices;

        assertThat(slices).hasSizeGreaterThan(8);
        assertThat(slices.stream().mapToLong(Recorder.Slice::pages).sum()).isEqualTo(200_000);
        assertThat(slices.subList(0, slices.size() - 1))
                .allSatisfy(s -> assertThat(s.ended()).isEqualTo(SliceEnd.PREEMPTED));
        assertThat(slices.stream().mapToLong(Recorder.Slice::length).sum()).isEqualTo(200_000 * 362L);
        assertThat(call(outcome, "mmu_update").continuations()).isEqualTo(slices.size() - 1);
        assertThat(returned(outcome, "mmu_update")).containsExactly(Map.entry(0, 1L));
    }

    /** 380 ns an entry and 100 ns the call in it; bit 31 and pointers are ProgressTest's. */
    @Test
    void aMulticallIsCutOffBetweenItsEntries() {
        TestHost.Outcome outcome = pv("operation = multicall, calls = xen_version, count = 50000, repeat = 1")
                .run();

        assertThat(outcome.seen().slices).hasSizeGreaterThan(2);
        assertThat(outcome.seen().slices).allSatisfy(s -> assertThat(s.length()).isEqualTo(480 * s.pages()));
        assertThat(call(outcome, "multicall").iterations()).isEqualTo(50_000);
    }

    @Test
    void xenVersionReturnsTheReleaseAndIsOneEntry() {
        TestHost.Outcome outcome = pv("operation = xen_version, repeat = 5").run();

        assertThat(returned(outcome, "xen_version")).containsExactly(Map.entry(4 << 16 | 17, 5L));
        assertThat(call(outcome, "xen_version").continuations()).isZero();
    }

    @Test
    void anHvmGuestHasNoMmuUpdate() {
        TestHost.Outcome outcome = guest(
                        "4.17.7", "type = \"hvm\"", "operation = mmu_update, count = 5, repeat = 2", "")
                .run();

        assertThat(returned(outcome, "mmu_update")).containsExactly(Map.entry(-38, 2L));
        assertThat(call(outcome, "mmu_update").iterations()).isZero();
    }

    /**
     * Up to 4.4 an operation tests before its first iteration too: what became pending between the trap and the operation
     * cuts it off before anything is done. Half a round trip of 7 ms gives the ticks, one in 10 ms,
     * room for that.
     */
    @Test
    void onlyUpTo44MayACallBeCutOffBeforeItDoesAnything() {
        String call = "operation = mmu_update, count = 10, repeat = 20";
        TestHost.Outcome old = guest("4.4.1", "kernel = \"/k\"", call, "")
                .set("costs.hypercall-pv = 14ms")
                .run();
        TestHost.Outcome later = pv(call).set("costs.hypercall-pv = 14ms").run();

        assertThat(old.seen().slices).anySatisfy(s -> assertThat(s.pages()).isZero());
        assertThat(later.seen().slices).allSatisfy(s -> assertThat(s.pages()).isPositive());
        assertThat(call(old, "mmu_update").iterations()).isEqualTo(200);
        assertThat(call(later, "mmu_update").iterations()).isEqualTo(200);
    }

    @Test
    void theStubOfAGuestWalksOverTheHolesThatItsGuestMade() {
        TestHost host = guest(
                        "4.4.1",
                        "type = \"hvm\"\ncpus = \"1\"\ndevice_model_stubdomain_override = 1",
                        "operation = decrease_reservation, count = 8192, repeat = 1",
                        "")
                .set(
                        "workloads.attack={ kind = hypercalls, operation = set_mem_access, access = r, start = 1s, repeat = 1 }")
                .set("hosts.h.domains.g.device-model-workload = attack")
                .set("hosts.h.domains.g.device-model-cpus = \"0\"");
        TestHost.Outcome outcome = host.run();

        // 8,192 pages are there, each a flush of the pCPU on which the guest blocked; 8,192 holes have their tables
        // already
        long walked = outcome.seen().slices.stream()
                .filter(s -> s.caller().equals("g-dm"))
                .mapToLong(Recorder.Slice::length)
                .sum();
        long first = 8_192 * (250 + 2_500) + 16 * 600;
        assertThat(walked).isEqualTo(first + 8_192 * 250);
        assertThat(outcome.domain("g").attacked()).isTrue();
        assertThat(returned(outcome, "decrease_reservation")).containsExactly(Map.entry(8_192, 1L));
    }

    /** 1,680 ns and a flush, 2,000 + 500 ns, a page: an HVM guest's pages have to leave its p2m as well. */
    @Test
    void anHvmGuestPaysTheFlushesOfItsP2mToo() {
        TestHost.Outcome outcome = guest(
                        "4.17.7",
                        "type = \"hvm\"",
                        "operation = [decrease_reservation, populate_physmap], count = 1024, repeat = 1",
                        "")
                .run();

        assertThat(outcome.seen().slices.stream()
                        .mapToLong(Recorder.Slice::length)
                        .sum())
                .isEqualTo(1024 * (1680 + 2500) + 2 * 600 + 1024 * 2240);
        assertThat(outcome.domain("g").memoryBytes()).isEqualTo(64 * MIB);
    }

    @Test
    void aHostGoesOnFromASnapshotInTheMiddleOfCalls() {
        TestHost host = guest(
                        "4.17.7",
                        "type = \"hvm\"",
                        "operation = [decrease_reservation, populate_physmap], count = 12000, pause = 3ms",
                        "dom0.workload = call")
                .set("duration = 1500ms");
        HostReport undisturbed = host.run().report();
        List<StateBuffer> taken = host.with((simulation, seen) -> {
            List<StateBuffer> snapshots = new ArrayList<>();
            simulation.boot();
            for (int i = 1; i <= 10; i++) {
                simulation.advance(i * 97_000_000L, Long.MAX_VALUE);
                snapshots.add(simulation.snapshot());
            }
            return snapshots;
        });

        for (StateBuffer snapshot : taken) {
            HostReport resumed = host.with((simulation, seen) -> {
                simulation.restore(snapshot);
                assertThat(simulation.snapshot().firstDifference(snapshot)).isEqualTo(-1);
                simulation.advance(1_500_000_000L, Long.MAX_VALUE);
                return simulation.finish();
            });
            assertThat(resumed).isEqualTo(undisturbed);
        }
        assertThat(undisturbed.hypercalls())
                .hasSize(4)
                .allSatisfy(c -> assertThat(c.continuations()).isGreaterThan(10));
    }
}
