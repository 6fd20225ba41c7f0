package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two pools of two pCPUs: dom0 and two sleepers in Pool-0, the victim with its stub in "iso" (pCPUs 2 and 3). The call covers
 * 1 GiB at 300 ns a page and 600 ns a superpage: 262,144 * 300 + 512 * 600 = 78.95 ms.
 */
class CpuPoolTest {
    private static final long CALL = 78_950_400L;

    @TempDir
    Path folder;

    private TestHost host(String sleeperPool) {
        return TestHost.in(folder, "3s", """
                        cpus = 4, xen { version = "4.4.0", time-at-start = 0ms }
                        cpu-pools { iso { cpus = "2-3" } }
                        dom0 { vcpus = 1 }
                        domains {
                          a { xl = a.cfg, workload = sleeper }
                          b { xl = b.cfg, workload = sleeper }
                          victim { xl = victim.cfg, paused = true, device-model-workload = attack, device-model-cpus = "2" }
                        }
                        """, """
                        workloads {
                          sleeper { kind = periodic, burst = 1ms, period = 20ms, phase = 5ms }
                          attack { kind = hypercalls, operation = set_mem_access, access = n, start = 1s, repeat = 1 }
                        }
                        """)
                .xl("a.cfg", sleeper("a", sleeperPool))
                .xl("b.cfg", sleeper("b", sleeperPool))
                .xl("victim.cfg", """
                        name = "victim"
                        type = "hvm"
                        memory = 1024
                        pool = "iso"
                        device_model_stubdomain_override = 1
                        """);
    }

    private static String sleeper(String name, String pool) {
        String cpus = pool.equals("iso") ? "cpus = \"2\"" : "";
        return "name = \"%s\"\nkernel = \"/k\"\nmemory = 64\npool = \"%s\"\n%s\n".formatted(name, pool, cpus);
    }

    @Test
    void aCallInOnePoolDisturbsNobodyInAnother() {
        TestHost.Outcome outcome = host("Pool-0").run();

        assertThat(outcome.seen().slices).hasSize(1);
        assertThat(outcome.seen().slices.get(0).cpu()).isEqualTo(2);
        assertThat(outcome.seen().slices.get(0).length()).isEqualTo(CALL);
        assertThat(outcome.domain("a").longestLateNs()).isLessThan(1_100_000);
        assertThat(outcome.domain("b").longestLateNs()).isLessThan(1_100_000);
        assertThat(outcome.seen().runs)
                .filteredOn(r -> r.domain().equals("a") || r.domain().equals("b"))
                .allSatisfy(r -> assertThat(r.cpu()).isLessThan(2));
    }

    @Test
    void inTheSamePoolThoseWhoShareTheTiedPcpuAreLate() {
        TestHost.Outcome outcome = host("iso").run();

        assertThat(outcome.domain("a").longestLateNs()).isGreaterThan(CALL - 6_000_000);
        assertThat(outcome.domain("b").longestLateNs()).isGreaterThan(CALL - 6_000_000);
    }

    @Test
    void theMasterOfAPoolsAccountingIsItsFirstPcpu() {
        int[] accounts = new int[4];
        host("iso")
                .run(simulation -> simulation.listen((number, time, from, to, message) -> {
                    if (message.getClass().getSimpleName().equals("Account")) {
                        String sender = simulation.actorAt(from);
                        accounts[sender.charAt(sender.length() - 2) - '0']++;
                    }
                }));

        assertThat(accounts[2]).isPositive();
        assertThat(accounts[1]).isZero();
        assertThat(accounts[3]).isZero();
    }
}
