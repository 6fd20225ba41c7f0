package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenfleet.observe.HostReport;
import org.xenfleet.timeline.StateBuffer;

/**
 * A host goes on from a snapshot that was taken in a call without end, in a race, between two slices of a call that takes from
 * what its guest has, and with an RCU lock left behind, and ends with the report of the undisturbed run.
 */
class AmountSnapshotTest {
    private static final long MS = 1_000_000L;
    private static final List<Long> SNAPSHOTS =
            List.of(900 * MS, 1_005 * MS, 1_012 * MS + 77, 1_035 * MS, 1_500 * MS, 2_100 * MS);
    private static final long DURATION = 3_000 * MS;

    @TempDir
    Path folder;

    /** The stub of `victim` shares pCPU 2 with `other`, so that the race on pCPU 1 ends when its slice does. */
    private TestHost host() {
        return TestHost.in(folder, "3s", """
                        cpus = 6
                        xen { version = "4.8.0", fixes = [xsa-344] }
                        dom0 { vcpus = 1, pin = true, workload = xl }
                        domains {
                          victim { xl = victim.cfg, workload = wait, device-model-workload = spin, device-model-cpus = "2" }
                          other { xl = other.cfg, workload = spin }
                          closer { xl = closer.cfg, workload = reset, state { event-channels = 131072 } }
                          neighbour { xl = neighbour.cfg, workload = web }
                          endless { xl = endless.cfg, workload = loop }
                        }
                        """, """
                        operations = [ loop.conf, leak.conf ]
                        workloads {
                          spin { kind = cpu }
                          web { kind = periodic, burst = 1ms, period = 7ms }
                          wait { kind = hypercalls, operation = ioreq_wait, start = 1s, repeat = 1 }
                          reset { kind = hypercalls, operation = evtchn_reset, start = 1s, repeat = 1 }
                          loop { kind = hypercalls, operation = loop, start = 2s, repeat = 1 }
                          xl { kind = hypercalls, operation = leak, start = 1s, repeat = 1 }
                        }
                        """)
                .xl("loop.conf", """
                        name = loop, hypercall = sched_op, on = self, checks = [], iterates = infinite, effect = none
                        cost { key = turn, default = 1us, meaning = "One turn." }, lock = none, returns = zero
                        preemption = [ { every = 0, progress = none } ]
                        """)
                .xl("leak.conf", """
                        name = leak, hypercall = sysctl, on = host, checks = [privileged], iterates = once, effect = none
                        cost { key = leak, default = 1us, meaning = "One lock." }, lock = none, returns = zero
                        stages = [ leak-rcu, work, rcu-barrier ], preemption = [ { every = 0, progress = none } ]
                        """)
                .xl("victim.cfg", """
                        name = "victim"
                        type = "hvm"
                        memory = 512
                        cpus = "1"
                        device_model_stubdomain_override = 1
                        """)
                .xl("other.cfg", "name = \"other\"\nkernel = \"/k\"\nmemory = 64\ncpus = \"2\"\n")
                .xl("closer.cfg", "name = \"closer\"\nkernel = \"/k\"\nmemory = 64\ncpus = \"3\"\n")
                .xl("neighbour.cfg", "name = \"neighbour\"\nkernel = \"/k\"\nmemory = 64\ncpus = \"3\"\n")
                .xl("endless.cfg", "name = \"endless\"\nkernel = \"/k\"\nmemory = 64\ncpus = \"4\"\n");
    }

    private static HostReport.Hypercall call(HostReport report, String operation) {
        return report.hypercalls().stream()
                .filter(h -> h.operation().equals(operation))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aHostGoesOnFromTheMiddleOfWhateverACallCounts() {
        TestHost host = host();
        HostReport undisturbed = host.run().report();
        assertThat(call(undisturbed, "loop").unfinished()).isEqualTo(1);
        assertThat(call(undisturbed, "loop").iterations()).isBetween(999_000L, 1_000_000L);
        assertThat(call(undisturbed, "leak").unfinished()).isEqualTo(1);
        assertThat(call(undisturbed, "evtchn_reset").iterations()).isEqualTo(131_072);
        assertThat(call(undisturbed, "evtchn_reset").continuations()).isGreaterThan(5);
        assertThat(call(undisturbed, "ioreq_wait").unfinished()).isZero();
        assertThat(call(undisturbed, "ioreq_wait").iterations()).isGreaterThan(1);

        List<StateBuffer> snapshots = host.with((simulation, seen) -> {
            List<StateBuffer> taken = new ArrayList<>();
            simulation.boot();
            for (long at : SNAPSHOTS) {
                simulation.advance(at, Long.MAX_VALUE);
                taken.add(simulation.snapshot());
            }
            return taken;
        });
        for (int i = 0; i < SNAPSHOTS.size(); i++) {
            StateBuffer snapshot = snapshots.get(i);
            HostReport resumed = host.with((simulation, seen) -> {
                simulation.restore(snapshot);
                assertThat(simulation.snapshot().firstDifference(snapshot)).isEqualTo(-1);
                simulation.advance(DURATION, Long.MAX_VALUE);
                return simulation.finish();
            });
            assertThat(resumed).as("from %d ns", SNAPSHOTS.get(i)).isEqualTo(undisturbed);
        }
    }
}
