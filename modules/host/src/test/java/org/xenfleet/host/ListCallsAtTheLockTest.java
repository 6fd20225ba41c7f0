package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * dom0's vCPU 0 holds the victim's p2m lock from 12.05 ms, timers being 50 us late on 4.4.0, to 62.05 ms; its vCPU 1 wants it at 20 ms for one page. Up to 4.4 it
 * looks for softirqs before each page and takes the lock after that: the ticks at 30, 40, 50 and 60 ms, for which it spins,
 * leave softirqs pending, and yet the page that it spun for is done before anything else.
 */
class ListCallsAtTheLockTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"foreign_map", "populate_physmap", "decrease_reservation"})
    void whoSpunForTheLockDoesItsPageWhateverBecamePendingMeanwhile(String operation) {
        TestHost.Outcome outcome = host(operation).run();
        List<Recorder.Slice> slices =
                outcome.seen().slices.stream().filter(slice -> slice.cpu() == 1).toList();

        assertThat(slices).singleElement().satisfies(slice -> {
            assertThat(slice.pages()).isEqualTo(1);
            assertThat(slice.start()).isBetween(62_050_000L, 62_060_000L);
        });
        assertThat(outcome.report().hypercalls())
                .filteredOn(call -> call.operation().equals(operation))
                .singleElement()
                .satisfies(call -> assertThat(call.continuations()).isZero());
    }

    private TestHost host(String operation) {
        return TestHost.in(folder, "100ms", """
                        cpus = 2
                        xen { version = "4.4.0", time-at-start = 0ms }
                        dom0 { vcpus = 2, pin = true, workload = [ walk, want ] }
                        domains { victim { xl = victim.cfg, paused = true } }
                        """, """
                        workloads {
                          walk { kind = hypercalls, operation = set_mem_access, access = r, pages = 50000, start = 12ms, repeat = 1, target = victim }
                          want { kind = hypercalls, operation = %s, count = 1, start = 20ms, repeat = 1, vcpu = 1, target = victim }
                        }
                        costs { p2m-entry = 1us, flush-idle = 0ns, p2m-table = 0ns }
                        """.formatted(operation)).xl("victim.cfg", """
                        name = "victim"
                        type = "hvm"
                        memory = 256
                        """);
    }
}
