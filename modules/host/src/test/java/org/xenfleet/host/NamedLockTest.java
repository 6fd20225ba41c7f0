package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenfleet.observe.HostReport;
import org.xenfleet.timeline.StateBuffer;

/** A lock of the host that a user's operations share: who finds it taken tries again and again, for ever if it is never dropped. */
class NamedLockTest {
    private static final long MS = 1_000_000L;

    @TempDir
    Path folder;

    private static String operation(String name, String stages) {
        return """
                name = %s, hypercall = platform_op, on = self, checks = [], iterates = once, effect = none
                cost { key = %s, default = 100us, meaning = "What it does." }, lock = none, returns = zero
                stages = [ %s ], preemption = [ { every = 0, progress = none } ]
                """.formatted(name, name, stages);
    }

    /** `uses` calls from 0 s on, every 10 ms; `grabs` once, at 1 s. */
    private TestHost host(String grabs) {
        return TestHost.in(folder, "2s", """
                        cpus = 4, xen { version = "4.4.0" }, dom0 { vcpus = 1, pin = true }
                        domains {
                          a { xl = a.cfg, workload = grabs }
                          b { xl = b.cfg, workload = uses }
                          c { xl = c.cfg, workload = web }
                        }
                        """, """
                        operations = [ grab.conf, use.conf ]
                        workloads {
                          grabs { kind = hypercalls, operation = grab, start = 1s, repeat = 1 }
                          uses { kind = hypercalls, operation = use, pause = 10ms }
                          web { kind = periodic, burst = 1ms, period = 10ms }
                        }
                        """)
                .xl("grab.conf", operation("grab", grabs))
                .xl("use.conf", operation("use", "lock widgets, work"))
                .xl("a.cfg", "name = \"a\"\nkernel = \"/k\"\nmemory = 64\ncpus = \"1\"\n")
                .xl("b.cfg", "name = \"b\"\nkernel = \"/k\"\nmemory = 64\ncpus = \"2\"\n")
                .xl("c.cfg", "name = \"c\"\nkernel = \"/k\"\nmemory = 64\ncpus = \"2\"\n");
    }

    private static HostReport.Hypercall call(HostReport report, String operation) {
        return report.hypercalls().stream()
                .filter(h -> h.operation().equals(operation))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void isFreeAgainWhenTheCallIsOver() {
        HostReport report = host("lock widgets, work").run().report();

        assertThat(call(report, "grab").unfinished()).isZero();
        assertThat(call(report, "use").calls()).isBetween(190L, 200L);
        assertThat(call(report, "use").longestCallNs()).isLessThan(2 * 100_000L + MS);
    }

    /** From 1 s on b tries every 300 ns, shares its pCPU with c, and never gets on. */
    @Test
    void isNeverFreeAgainWhereItIsKept() {
        TestHost host = host("lock widgets, work, keep-locks");
        HostReport report = host.run().report();

        assertThat(call(report, "grab").unfinished())
                .as("it returns all the same")
                .isZero();
        assertThat(call(report, "use").unfinished()).isEqualTo(1);
        assertThat(call(report, "use").calls()).isBetween(95L, 100L);
        assertThat(call(report, "use").continuations()).isGreaterThan(1_000_000);
        assertThat(report.pcpus().get(2).longestStallNs()).isLessThan(MS);
        assertThat(report.domains())
                .filteredOn(d -> d.name().equals("c"))
                .singleElement()
                .satisfies(d -> assertThat(d.cpuNs()).as("1 ms of every 10").isGreaterThan(190 * MS));

        StateBuffer kept = host.with((simulation, seen) -> {
            simulation.boot();
            simulation.advance(1_500 * MS + 77, Long.MAX_VALUE);
            return simulation.snapshot();
        });
        HostReport resumed = host.with((simulation, seen) -> {
            simulation.restore(kept);
            simulation.advance(2_000 * MS, Long.MAX_VALUE);
            return simulation.finish();
        });
        assertThat(resumed).isEqualTo(report);
    }
}
