package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenfleet.observe.HostReport.Hypercall;

/**
 * dom0 serves the disks of the guests a, b and c, domains 1 to 3: each asks every 10 ms for 1 ms of computing and a copy of
 * 4 pages. Its vCPUs 0 and 1 serve, on pCPUs of their own.
 */
class DeviceBackendTest {
    private static final long MS = 1_000_000L;

    @TempDir
    Path folder;

    private TestHost host(int vcpus, String workload) {
        TestHost host = TestHost.in(folder, "1s", """
                        cpus = 4, xen { version = "4.4.0" }
                        dom0 { vcpus = %d, pin = true, workload = %s }
                        domains { a { xl = a.cfg }, b { xl = b.cfg }, c { xl = c.cfg } }
                        """.formatted(vcpus, workload), """
                        workloads {
                          serve   { kind = backend, burst = 1ms, period = 10ms, copies = 4 }
                          destroy { kind = hypercalls, operation = destroydomain, target = b, start = 500ms, repeat = 1 }
                        }
                        """);
        for (String name : new String[] {"a", "b", "c"}) {
            host.xl(name + ".cfg", "name = \"%s\"\ntype = \"hvm\"\nmemory = 64\n".formatted(name));
        }
        return host;
    }

    private static Hypercall copies(TestHost.Outcome outcome) {
        return outcome.report().hypercalls().stream()
                .filter(h -> h.operation().equals("grant_copy"))
                .findFirst()
                .orElseThrow();
    }

    private static long busy(TestHost.Outcome outcome, int vcpu, long from, long to) {
        return outcome.seen().runs.stream()
                .filter(r -> r.domain().equals("Domain-0") && r.vcpu() == vcpu)
                .filter(r -> r.start() >= from && r.end() <= to)
                .mapToLong(Recorder.Span::length)
                .sum();
    }

    /** a and c are vCPU 0's, 200 requests of 1 ms each in a second; b is vCPU 1's. */
    @Test
    void guestsAreDealtToTheVcpusInTurn() {
        TestHost.Outcome outcome = host(2, "serve").run();

        assertThat(busy(outcome, 0, 0, 1_000 * MS)).isBetween(197 * MS, 205 * MS);
        assertThat(busy(outcome, 1, 0, 1_000 * MS)).isBetween(98 * MS, 103 * MS);
    }

    @Test
    void oneVcpuServesAllGuests() {
        TestHost.Outcome outcome = host(1, "serve").run();

        assertThat(busy(outcome, 0, 0, 1_000 * MS)).isBetween(295 * MS, 308 * MS);
    }

    /** 100 requests of each of three guests in a second; the last ones may still be under way. */
    @Test
    void everyRequestIsOneCallThatCopiesItsPages() {
        Hypercall copies = copies(host(2, "serve").run());

        assertThat(copies.caller()).isEqualTo("Domain-0");
        assertThat(copies.calls()).isBetween(297L, 300L);
        assertThat(copies.iterations()).isBetween(4 * (copies.calls() - copies.unfinished()), 4 * copies.calls());
        assertThat(copies.returned().keySet()).containsExactly(0);
    }

    /** b asks for 500 ms only: 50 requests less. The requests of the others go on, and vCPU 1 has nothing to do. */
    @Test
    void aGuestThatIsDestroyedStopsAsking() {
        TestHost.Outcome outcome =
                host(3, "[destroy, serve]").set("workloads.destroy.vcpu=2").run();

        assertThat(outcome.report().domains().get(2).state()).isEqualTo("freed");
        assertThat(busy(outcome, 1, 0, 500 * MS)).isBetween(48 * MS, 53 * MS);
        assertThat(busy(outcome, 1, 520 * MS, 1_000 * MS)).isLessThan(2 * MS);
        assertThat(copies(outcome).calls()).isBetween(247L, 251L);
        assertThat(copies(outcome).returned().keySet()).containsExactly(0);
    }
}
