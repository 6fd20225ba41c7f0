package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The target's own vCPU runs on pCPU 2 and touches the 256 pages of its working set in turn, one every 20 us, while the stub
 * on pCPU 1 takes their access away: 262,144 pages at 250 + 2,500 ns (one pCPU in the dirty mask), the call from 1 s on.
 */
class WorkingSetTest {
    private static final long MS = 1_000_000L;

    @TempDir
    Path folder;

    private TestHost.Outcome run(String version, String access) {
        return TestHost.in(folder, "4s", """
                        cpus = 3, xen { version = "%s", time-at-start = 0ms }
                        dom0 { vcpus = 1 }
                        domains { victim { xl = victim.cfg, workload = busy, device-model-workload = attack,
                                           device-model-cpus = "1" } }
                        """.formatted(version), """
                        workloads {
                          busy { kind = cpu, working-set = 1MiB, touch-interval = 20us }
                          attack { kind = hypercalls, operation = set_mem_access, access = %s, start = 1s, repeat = 1 }
                        }
                        """.formatted(access))
                .xl("victim.cfg", """
                        name = "victim"
                        type = "hvm"
                        memory = 1024
                        cpus = "2"
                        device_model_stubdomain_override = 1
                        """)
                .run();
    }

    @Test
    void onVulnerableXenTheFaultingVcpuSpinsForTheP2mLockUntilTheCallEnds() {
        TestHost.Outcome outcome = run("4.4.0", "n");

        Recorder.Slice call = outcome.seen().slices.get(0);
        // page 0 is rewritten first; the vCPU is back at a page that has lost its access within 256 touches
        assertThat(outcome.cpu(2).spinNs()).isBetween(call.length() - 6 * MS, call.length());
        assertThat(outcome.cpu(2).longestStallNs()).isGreaterThan(call.length() - 20 * MS);
        assertThat(outcome.call().iterations()).isEqualTo(262_144);
    }

    @Test
    void onFixedXenItSpinsForNoMoreThanASliceAtATime() {
        TestHost.Outcome outcome = run("4.4.1", "n");

        assertThat(outcome.cpu(2).spinNs()).isPositive();
        assertThat(outcome.cpu(2).longestStallNs()).isLessThan(11 * MS);
        assertThat(outcome.call().iterations()).isEqualTo(262_144);
    }

    @Test
    void afterTheCallEachPageOfTheWorkingSetFaultsOnceAndIsGivenBack() {
        int[] faults = new int[1];
        TestHost.in(folder, "4s", "cpus = 1", "");
        TestHost host = TestHost.in(folder, "4s", """
                        cpus = 3, xen { version = "4.4.0", time-at-start = 0ms }
                        dom0 { vcpus = 1 }
                        domains { victim { xl = victim.cfg, workload = busy, device-model-workload = attack,
                                           device-model-cpus = "1" } }
                        """, """
                        workloads {
                          busy { kind = cpu, working-set = 1MiB, touch-interval = 20us }
                          attack { kind = hypercalls, operation = set_mem_access, access = n, start = 1s, repeat = 1 }
                        }
                        """).xl("victim.cfg", """
                        name = "victim"
                        type = "hvm"
                        memory = 1024
                        cpus = "2"
                        device_model_stubdomain_override = 1
                        """);
        host.run(simulation -> simulation.listen((number, time, from, to, message) ->
                faults[0] += message.getClass().getSimpleName().equals("FaultHandled") ? 1 : 0));

        assertThat(faults[0]).isEqualTo(256);
    }

    @Test
    void accessThatStillAllowsWritesDisturbsNobody() {
        TestHost.Outcome outcome = run("4.4.0", "rw");

        assertThat(outcome.cpu(2).spinNs()).isZero();
    }
}
