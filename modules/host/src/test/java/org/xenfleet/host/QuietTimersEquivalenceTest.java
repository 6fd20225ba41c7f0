package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ticks and slice ends that change nothing are left out. Where passes and switches cost nothing, the host must behave
 * exactly as if each of them had been an event: the same vCPU on the same pCPU at every instant.
 */
class QuietTimersEquivalenceTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void everyRunAndEveryWaitIsTheSameAsWithAllTimersReal(int seed) {
        TestHost host = host(seed, "3s");

        TestHost.Outcome quiet = host.run();
        TestHost.Outcome real = host.runWithEveryTimerReal();

        assertTheSame(quiet, real);
        assertEventsSaved(quiet, real);
        assertThat(quiet.seen().slices).isNotEmpty();
    }

    /**
     * Calls of about 6 s, time-outs of 2 to 5 s, phases of the watchdog at random: where the call is not preempted the host
     * panics at the same nanosecond, where it is, the heartbeat cuts it at the same page.
     */
    @ParameterizedTest
    @ValueSource(ints = {7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18})
    void theWatchdogSeesTheSameAsWithAllTimersReal(int seed) {
        TestHost host = watched(seed);

        TestHost.Outcome quiet = host.run();
        TestHost.Outcome real = host.runWithEveryTimerReal();

        boolean vulnerable = seed % 2 == 0;
        assertThat(quiet.report().downAtNs() >= 0).as("panics").isEqualTo(vulnerable);
        assertThat(quiet.report().downAtNs()).isEqualTo(real.report().downAtNs());
        assertThat(quiet.report().incidents()).isEqualTo(real.report().incidents());
        assertTheSame(quiet, real);
        assertEventsSaved(quiet, real);
    }

    /**
     * Sockets and threads, with some pCPUs idle and others crowded: a tick moves a vCPU that would be better off elsewhere,
     * and which one that is changes with every pCPU that falls idle or wakes. So much changes here that setting timers late
     * may cost as many events as it saves.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void vcpusMoveBetweenSocketsAndCoresAtTheSameInstants(int seed) {
        TestHost host = host(seed, "2s")
                .set("hosts.h.cpus=" + (seed % 4 == 3 ? 16 : 12))
                .set("hosts.h.sockets=" + (1 + seed % 3 % 2))
                .set("hosts.h.threads-per-core=" + (1 + seed % 2))
                .set("hosts.h.domains.pinned={ xl = pinned.cfg, count = 2, workload = web }")
                .set("workloads.web.burst=" + (1 + seed % 5) + "ms")
                .xl("pinned.cfg", "name = \"pinned\"\nkernel = \"/k\"\nmemory = 64\nvcpus = 3\ncpus = \"1-3\"\n");

        TestHost.Outcome quiet = host.run();
        TestHost.Outcome real = host.runWithEveryTimerReal();

        assertTheSame(quiet, real);
    }

    /**
     * Under credit2, with more and fewer runnable vCPUs than pCPUs, one or two sockets, threads, dom0 alone in Pool-0 or not;
     * a call that slices cut, which does not begin at the instant of a replenishment. On one socket of eight pCPUs events are saved; where vCPUs wait nearly always, or sockets are always
     * a little uneven, setting timers late may cost as many as it saves.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void credit2RunsTheSameAtTheSameInstants(int seed) {
        TestHost host = credit2(seed);

        TestHost.Outcome quiet = host.run();
        TestHost.Outcome real = host.runWithEveryTimerReal();

        assertTheSame(quiet, real);
        if (seed % 4 == 1) {
            assertEventsSaved(quiet, real);
        }
    }

    /** A vCPU alone on its pCPU, and another that sleeps most of the time on another: no event but the sleeper's. */
    @Test
    void aLoneVcpuUnderCredit2CostsNoEvents() {
        TestHost host = TestHost.in(folder, "10s", """
                        cpus = 4, sockets = 2, xen { version = "4.17.7" }
                        dom0 { vcpus = 1 }
                        domains { lone { xl = lone.cfg, workload = busy } }
                        """, "workloads.busy.kind = cpu")
                .xl("lone.cfg", "name = \"lone\"\nkernel = \"/k\"\nmemory = 64\n");

        long events = host.run().report().events();

        assertThat(events).isLessThan(60);
        assertThat(host.runWithEveryTimerReal().report().events()).isGreaterThan(events + 1000);
    }

    private TestHost credit2(int seed) {
        return TestHost.in(
                        folder,
                        "2s",
                        """
                        cpus = %d, sockets = %d, threads-per-core = %d, xen { version = "4.17.7" }
                        dom0 { vcpus = 1, workload = web }
                        domains {
                          batch { xl = batch.cfg, count = %d, workload = busy }
                          heavy { xl = heavy.cfg, workload = busy }
                          mail { xl = mail.cfg, count = 2, workload = mail }
                          pinned { xl = pinned.cfg, workload = web }
                          soft { xl = soft.cfg, workload = web }
                          capped { xl = capped.cfg, workload = busy }
                          caller { xl = caller.cfg, workload = calls }
                        }
                        """.formatted(4 << seed % 2, 1 + seed / 2 % 2, 1 + seed / 4 % 2, 1 + seed % 5),
                        """
                        workloads {
                          busy { kind = cpu }
                          web { kind = periodic, burst = 1ms, period = 7ms }
                          mail { kind = poisson, burst = 500us, period = 3ms }
                          calls { kind = hypercalls, operation = [ decrease_reservation, populate_physmap ], count = 10000, start = 1003ms, repeat = 2, pause = 100ms }
                        }
                        costs { softirq-pass = 0ns, context-switch = 0ns }
                        """)
                .set("seed = " + seed)
                .xl("batch.cfg", "name = \"batch\"\nkernel = \"/k\"\nmemory = 128\n")
                .xl("heavy.cfg", "name = \"heavy\"\nkernel = \"/k\"\nmemory = 128\ncpu_weight = 1024\n")
                .xl("mail.cfg", "name = \"mail\"\nkernel = \"/k\"\nmemory = 128\n")
                .xl("pinned.cfg", "name = \"pinned\"\nkernel = \"/k\"\nmemory = 128\ncpus = \"1\"\n")
                .xl("soft.cfg", "name = \"soft\"\nkernel = \"/k\"\nmemory = 128\ncpus_soft = \"2\"\n")
                .xl("capped.cfg", "name = \"capped\"\nkernel = \"/k\"\nmemory = 128\nvcpus = 2\ncap = 70\n")
                .xl("caller.cfg", "name = \"caller\"\nkernel = \"/k\"\nmemory = 128\n");
    }

    TestHost watched(int seed) {
        return host(seed, "12s")
                .set("hosts.h.frequency=" + (1_800 + 170 * seed) + "MHz")
                .set("hosts.h.xen.command-line=\"watchdog_timeout=" + (2 + seed % 4) + "\"")
                .set("workloads.attack.start=" + (2_000 + 137 * seed) + "ms")
                .set("costs.p2m-entry=23us")
                .set("hosts.h.domains.sleeper={ xl = sleeper.cfg, workload = seldom }")
                .set("workloads.seldom={ kind = periodic, burst = 700ms, period = 1900ms }")
                .xl("sleeper.cfg", "name = \"sleeper\"\nkernel = \"/k\"\nmemory = 64\nvcpus = 2\n");
    }

    private static void assertTheSame(TestHost.Outcome quiet, TestHost.Outcome real) {
        assertThat(quiet.seen().runs).isNotEmpty().isEqualTo(real.seen().runs);
        assertThat(quiet.seen().waits).isEqualTo(real.seen().waits);
        assertThat(quiet.seen().slices).isEqualTo(real.seen().slices);
    }

    private static void assertEventsSaved(TestHost.Outcome quiet, TestHost.Outcome real) {
        assertThat(quiet.report().events())
                .as("events saved")
                .isLessThan(real.report().events());
    }

    private TestHost host(int seed, String duration) {
        return TestHost.in(
                        folder,
                        duration,
                        """
                        cpus = %d, xen { version = "%s" }
                        dom0 { vcpus = 1, workload = web }
                        domains {
                          batch { xl = batch.cfg, count = %d, workload = busy }
                          heavy { xl = heavy.cfg, workload = busy }
                          capped { xl = capped.cfg, workload = busy }
                          mail { xl = mail.cfg, workload = mail }
                          victim { xl = victim.cfg, device-model-workload = attack }
                        }
                        """.formatted(2 + seed % 4, seed % 2 == 0 ? "4.4.0" : "4.4.1", 1 + seed % 3),
                        """
                        workloads {
                          busy { kind = cpu }
                          web { kind = periodic, burst = 1ms, period = 7ms }
                          mail { kind = poisson, burst = 500us, period = 3ms }
                          attack { kind = hypercalls, operation = set_mem_access, access = n, start = 1s, repeat = 2, pause = 300ms }
                        }
                        costs { softirq-pass = 0ns, context-switch = 0ns }
                        """)
                .set("seed = " + seed)
                .xl("batch.cfg", "name = \"batch\"\nkernel = \"/k\"\nmemory = 128\n")
                .xl("heavy.cfg", "name = \"heavy\"\nkernel = \"/k\"\nmemory = 128\ncpu_weight = 1024\n")
                .xl("capped.cfg", "name = \"capped\"\nkernel = \"/k\"\nmemory = 128\ncap = 40\n")
                .xl("mail.cfg", "name = \"mail\"\nkernel = \"/k\"\nmemory = 128\n")
                .xl("victim.cfg", """
                        name = "victim"
                        type = "hvm"
                        memory = 1024
                        device_model_stubdomain_override = 1
                        """);
    }
}
