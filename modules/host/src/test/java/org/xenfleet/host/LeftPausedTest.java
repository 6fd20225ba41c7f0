package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenfleet.observe.HostReport;
import org.xenfleet.timeline.StateBuffer;

/** A CPU-bound guest of two vCPUs is built and left paused; dom0 calls on it at 1, 2 and 3 s of a run of 4 s. */
class LeftPausedTest {
    private static final long SECOND = 1_000_000_000L;
    /** Of a domctl and the switch that comes of it. */
    private static final long SOON = 100_000;

    @TempDir
    Path folder;

    /** {@code calls} are the operations at 1, 2 and 3 s. */
    private TestHost host(String... calls) {
        StringBuilder workloads = new StringBuilder();
        for (int i = 0; i < calls.length; i++) {
            workloads.append(
                    "c%d { kind = hypercalls, operation = %s, target = g, start = %ds, repeat = 1, vcpu = %d }%n"
                            .formatted(i, calls[i], i + 1, i));
        }
        return TestHost.in(folder, "4s", """
                        cpus = 5, xen { version = "4.4.0" }
                        dom0 { vcpus = 3, pin = true, workload = [c0, c1, c2] }
                        domains { g { xl = g.cfg, workload = busy, paused = true } }
                        """, """
                        workloads { busy { kind = cpu }, %s }
                        """.formatted(workloads)).xl("g.cfg", """
                        name = "g"
                        kernel = "/boot/vmlinuz"
                        memory = 64
                        vcpus = 2
                        cpus = "3-4"
                        """);
    }

    private static long cpu(TestHost.Outcome outcome) {
        return outcome.domain("g").cpuNs();
    }

    /** From 1 to 2 and from 3 to 4 s, on two pCPUs. */
    @Test
    void itRunsFromItsFirstUnpauseOnUntilItIsPausedAndAgainAfterTheNext() {
        TestHost.Outcome outcome =
                host("unpausedomain", "pausedomain", "unpausedomain").run();

        assertThat(cpu(outcome)).isBetween(4 * SECOND - 4 * SOON, 4 * SECOND);
        assertThat(outcome.seen().runs.stream()
                        .filter(r -> r.domain().equals("g"))
                        .mapToLong(Recorder.Span::start)
                        .min()
                        .orElseThrow())
                .isBetween(SECOND, SECOND + SOON);
        assertThat(outcome.domain("g").state()).isEqualTo("running");
    }

    /** It is observed from its first unpause on, and is not available while it is paused again. */
    @Test
    void itsAvailabilityCountsFromThere() {
        TestHost.Outcome outcome =
                host("unpausedomain", "pausedomain", "unpausedomain").run();

        assertThat(outcome.domain("g").observedNs()).isBetween(3 * SECOND - SOON, 3 * SECOND);
        assertThat(outcome.domain("g").availableNs()).isBetween(2 * SECOND - 2 * SOON, 2 * SECOND);
    }

    @Test
    void pausingItWhileItIsPausedChangesNothing() {
        assertThat(cpu(host("pausedomain", "unpausedomain", "getdomaininfo").run()))
                .isBetween(4 * SECOND - 2 * SOON, 4 * SECOND);
        assertThat(cpu(host("pausedomain", "pausedomain", "getdomaininfo").run()))
                .isZero();
    }

    @Test
    void destroyedBeforeItRanItNeverRuns() {
        TestHost.Outcome outcome =
                host("destroydomain", "unpausedomain", "getdomaininfo").run();

        assertThat(cpu(outcome)).isZero();
        assertThat(outcome.domain("g").observedNs()).isZero();
    }

    @Test
    void aHostGoesOnFromBeforeAndAfterItsFirstUnpause() {
        TestHost host = host("unpausedomain", "pausedomain", "unpausedomain");
        TestHost.Outcome undisturbed = host.run();
        for (long at : new long[] {SECOND / 2, SECOND * 3 / 2, SECOND * 5 / 2}) {
            StateBuffer snapshot = host.with((simulation, seen) -> {
                simulation.boot();
                simulation.advance(at, Long.MAX_VALUE);
                return simulation.snapshot();
            });
            HostReport resumed = host.with((simulation, seen) -> {
                simulation.restore(snapshot);
                simulation.advance(4 * SECOND, Long.MAX_VALUE);
                return simulation.finish();
            });
            assertThat(resumed).as("from %d ns", at).isEqualTo(undisturbed.report());
        }
    }
}
