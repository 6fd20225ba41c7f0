package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenfleet.observe.HostReport;

/**
 * Hosts that go on as others while calls wait for each other: the stub's is under way from 1 s to 2 s on pCPU 1, and dom0 waits
 * for it, inside Xen, from 1.2 s on.
 */
class BranchedMidCallTest {
    private static final long MS = 1_000_000L;

    @TempDir
    Path folder;

    private TestHost host(String dom0) {
        return TestHost.in(folder, "2200ms", """
                        cpus = 6, xen { version = "4.4.0", time-at-start = 0ms }
                        dom0 { vcpus = 4, pin = true, workload = idle }
                        domains {
                          web { xl = web.cfg, order = 0, workload = events, count = 2 }
                          victim { xl = victim.cfg, order = 1, workload = touching, device-model-workload = attack, device-model-cpus = "1" }
                        }
                        """, """
                        workloads {
                          pauses { kind = hypercalls, vcpu = 0, repeat = 1, operation = pausedomain, target = victim-dm, start = 1200ms }
                          asks { kind = hypercalls, vcpu = 2, repeat = 1, operation = getdomaininfo, target = web-0, start = 1300ms }
                          pins { kind = hypercalls, vcpu = 3, repeat = 1, operation = setvcpuaffinity, target = web-1, cpus = "4", start = 1400ms }
                          disks { kind = backend, guests = [ web-0, web-1, victim ], period = 3ms, copies = 16 }
                          events { kind = poisson, burst = 300us, period = 5ms }
                          disk { kind = emulated-io, burst = 100us }
                          touching { kind = cpu, working-set = 2MiB, touch-interval = 20us }
                          web { kind = periodic, burst = 1ms, period = 5ms, working-set = 1MiB }
                          attack { kind = hypercalls, operation = set_mem_access, access = r, pages = 500000, start = 1s, repeat = 1 }
                        }
                        costs { p2m-entry = 2us, flush-idle = 0ns, flush-base = 0ns, flush-per-cpu = 0ns, p2m-table = 0ns }
                        """)
                .xl("web.cfg", "name = \"web\"\nkernel = \"/boot/vmlinuz\"\nmemory = 64\ncpus = \"4-5\"\n")
                .xl("victim.cfg", """
                        name = "victim"
                        type = "hvm"
                        memory = 2048
                        vcpus = 2
                        cpus = "4-5"
                        device_model_stubdomain_override = 1
                        """)
                .set("hosts.h.dom0.workload=" + dom0);
    }

    /** Each row: dom0 before and after, and what else changes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[pauses, asks, pins] | [pauses, pins]       | hosts.h.xen.fixes=[xsa-89]",
                "[pauses, asks, pins] | [pauses, asks, pins] | costs.p2m-entry=1us",
                "[pauses, asks, pins] | [asks, pins]         | hosts.h.domains.victim.workload=disk",
                "[pauses, asks, pins] | [pauses, asks, pins] | hosts.h.domains.victim.workload=web",
                "[disks]              | [disks]              | workloads.disks.period=1ms",
                "[disks]              | [disks, asks]        | workloads.disks.copies=200",
                "[disks, pauses]      | [disks]              | hosts.h.domains.victim.device-model-workload=idle",
                "[disks, pauses]      | [disks, pauses]      | workloads.touching.working-set=6MiB",
                "[disks, web]         | [disks, events]      | workloads.disks.burst=200us",
                "touching             | events               | costs.hypercall-pv=900ns",
            })
    void shouldGoOnFromItsOwnStates(String before, String after, String setting) {
        for (long at : new long[] {1_450 * MS + 137, 2_000 * MS + 2_000}) {
            HostReport report = Branching.goesOnFromItsOwnStates(
                            at, at + 37 * MS, host(before), host(after).set(setting))
                    .report();

            assertThat(report.epochDigests()).as("at %d ns", at).hasSize(3);
            assertThat(report.pcpus())
                    .as("at %d ns", at)
                    .allSatisfy(p -> assertThat(p.guestNs() + p.hypercallNs() + p.spinNs() + p.xenNs() + p.idleNs())
                            .isEqualTo(2_200 * MS));
        }
    }
}
