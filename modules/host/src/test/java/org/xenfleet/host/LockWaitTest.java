package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenfleet.observe.HostReport;
import org.xenfleet.timeline.StateBuffer;

/** Two who want the p2m of a guest while the stub's call of 1 s, which begins at 1 s on pCPU 2, takes all access from it. */
class LockWaitTest {
    private static final long MS = 1_000_000L;

    @TempDir
    Path folder;

    private TestHost host(String version, String victim) {
        return TestHost.in(folder, "3s", """
                        cpus = 3, xen { version = "%s", time-at-start = 0ms }, dom0 { vcpus = 1, pin = true, workload = maps }
                        domains {
                          victim { xl = victim.cfg, device-model-workload = attack, device-model-cpus = "2", %s }
                        }
                        """.formatted(version, victim), """
                        workloads {
                          touch { kind = cpu, working-set = 64KiB, touch-interval = 10us }
                          attack { kind = hypercalls, operation = set_mem_access, access = n, pages = 500000, start = 1s, repeat = 1 }
                          maps { kind = hypercalls, operation = foreign_map, count = 1, target = victim, start = 1005ms,
                                 repeat = 10, pause = 3ms }
                        }
                        costs { p2m-entry = 2us, p2m-table = 0ns, flush-idle = 0ns, flush-base = 0ns, flush-per-cpu = 0ns }
                        """).xl("victim.cfg", """
                        name = "victim"
                        type = "hvm"
                        memory = 4096
                        cpus = "1"
                        device_model_stubdomain_override = 1
                        """);
    }

    /**
     * mmu_update of 4.4 tests before its first entry, and before it takes the lock; a timer that comes due while it spins does
     * not send it back to where it has to wait for another slice of at most 10.012 ms.
     */
    @ParameterizedTest
    @ValueSource(strings = {"4.2.5", "4.4.1", "4.5.0"})
    void whoHasSpunForTheLockUsesIt(String version) {
        TestHost host = host(version, "paused = true");
        if (version.equals("4.5.0")) {
            host.set("workloads.attack.operation=access_op")
                    .set("hosts.h.domains.victim.mem-access-listener=true")
                    .set("hosts.h.xen.scheduler=credit");
        }
        TestHost.Outcome outcome = host.run();

        assertThat(outcome.report().hypercalls())
                .filteredOn(c -> c.operation().equals("foreign_map"))
                .singleElement()
                .satisfies(c -> assertThat(c.calls()).isEqualTo(10))
                .satisfies(c -> assertThat(c.longestCallNs()).isBetween(2 * MS, 10_200_000L))
                .satisfies(c -> assertThat(c.continuations()).isZero());
    }

    /**
     * No lock is held over the walk in 4.1, and where M8 is left out faults need none: each of the 16 pages faults once, 2 us and
     * a round trip of nothing, and is not forbidden again by a walk that has passed it.
     */
    @ParameterizedTest
    @CsvSource({"4.1.6.1,on", "4.4.0,off"})
    void aPageThatHasHealedBehindTheWalkStaysSo(String version, String m8) {
        TestHost.Outcome outcome = host(version, "workload = touch")
                .set("hosts.h.xen.mechanisms.m8=" + m8)
                .set("workloads.maps.start=2900ms")
                .run();

        assertThat(outcome.cpu(1).guestNs()).isGreaterThan(2_998 * MS);
        assertThat(outcome.cpu(1).xenNs()).isBetween(16 * 2_000L, 2 * MS);
    }

    /** The same host where the lock is held over the call. */
    @Test
    void whereTheLockIsHeldTheGuestWaitsForTheCall() {
        TestHost.Outcome outcome = host("4.4.0", "workload = touch")
                .set("workloads.maps.start=2900ms")
                .run();

        assertThat(outcome.cpu(1).spinNs()).isBetween(999 * MS, 1_000 * MS);
    }

    /** While pages heal behind the walk, and while a flush is stuck: what is written down is enough to go on from. */
    @ParameterizedTest
    @CsvSource({"4.1.6.1,m8=on,1000400001", "4.4.0,m8=off,1000400001", "4.4.0,m15=off,1500000001"})
    void aRunResumedFromASnapshotEndsTheSame(String version, String setting, long instant) {
        TestHost host = host(version, "workload = touch")
                .set("hosts.h.xen.mechanisms." + setting)
                .set("workloads.touch.working-set=4MiB");
        HostReport undisturbed = host.run().report();

        StateBuffer snapshot = host.with((simulation, seen) -> {
            simulation.boot();
            simulation.advance(instant, Long.MAX_VALUE);
            return simulation.snapshot();
        });
        HostReport resumed = host.with((simulation, seen) -> {
            simulation.restore(snapshot);
            assertThat(simulation.snapshot().firstDifference(snapshot)).isEqualTo(-1);
            simulation.advance(3_000_000_000L, Long.MAX_VALUE);
            return simulation.finish();
        });

        assertThat(resumed).isEqualTo(undisturbed);
    }
}
