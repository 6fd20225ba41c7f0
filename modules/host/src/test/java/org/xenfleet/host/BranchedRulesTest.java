package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenfleet.observe.HostReport;

/**
 * Costs and the parameters of schedulers that change while a host runs. The stub is alone on pCPU 1, and its call of 500,000
 * pages begins at 1 s; a page costs 2 us and nothing else anything.
 */
class BranchedRulesTest {
    private static final long MS = 1_000_000L;

    @TempDir
    Path folder;

    private TestHost attacked(String version) {
        return TestHost.in(folder, "4s", """
                        cpus = 4, xen { version = "%s", time-at-start = 0ms }
                        dom0 { vcpus = 2, pin = true }
                        domains {
                          web { xl = web.cfg, order = 0, workload = events, count = 3 }
                          victim { xl = victim.cfg, order = 1, workload = touching, device-model-workload = attack, device-model-cpus = "1" }
                        }
                        """.formatted(version), """
                        workloads {
                          events { kind = poisson, burst = 300us, period = 2ms }
                          touching { kind = cpu, working-set = 4MiB, touch-interval = 50us }
                          attack { kind = hypercalls, operation = set_mem_access, access = n, pages = 500000, start = 1s, repeat = 1 }
                        }
                        costs { p2m-entry = 2us, flush-idle = 0ns, flush-base = 0ns, flush-per-cpu = 0ns, p2m-table = 0ns }
                        """)
                .xl("web.cfg", "name = \"web\"\nkernel = \"/boot/vmlinuz\"\nmemory = 64\ncpus = \"2-3\"\n")
                .xl("victim.cfg", """
                        name = "victim"
                        type = "hvm"
                        memory = 2048
                        cpus = "2-3"
                        device_model_stubdomain_override = 1
                        """);
    }

    /** Half of the pages cost 1 s at 4 us, the other half were done in 0.5 s. */
    @Test
    void shouldFinishACallAtTheNewCost() {
        TestHost before = attacked("4.4.0");
        TestHost after = attacked("4.4.0").set("costs.p2m-entry=4us");

        HostReport.Hypercall call = Branching.goesOnFromItsOwnStates(1_500 * MS, 2_100 * MS, before, after)
                .call();

        assertThat(before.run().call().longestCallNs() / MS).isEqualTo(1_000);
        assertThat(call.longestCallNs() / MS).isEqualTo(1_500);
        assertThat(call.iterations()).isEqualTo(500_000);
        assertThat(call.returned()).containsOnlyKeys(0);
    }

    /** Nothing of a cost that is the same in the end changes what comes; the walk is merely counted from another page. */
    @Test
    void shouldComeToTheSameEndWhenACostChangesThatNobodyPays() {
        TestHost before = attacked("4.4.0");
        TestHost after = attacked("4.4.0").set("costs.microcode-load=501us");

        HostReport branched = Branching.goesOnFromItsOwnStates(1_500 * MS + 777, 1_700 * MS, before, after)
                .report();
        HostReport undisturbed = before.run().report();

        assertThat(branched.hypercalls()).isEqualTo(undisturbed.hypercalls());
        assertThat(branched.pcpus()).isEqualTo(undisturbed.pcpus());
        assertThat(branched.domains()).isEqualTo(undisturbed.domains());
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.4.0", "4.4.1", "4.5-unstable@e8b87b57b4", "4.1.3"})
    void shouldGoOnFromItsOwnStatesWhenEveryCostChanges(String version) {
        TestHost after = attacked(version)
                .set("costs.level=high")
                .set("costs.flush-base=2us")
                .set("costs.p2m-entry=3us")
                .set("costs.p2m-table=1us");

        HostReport report = Branching.goesOnFromItsOwnStates(1_234 * MS + 567, 1_700 * MS, attacked(version), after)
                .report();

        assertThat(report.hypercalls().get(0).iterations()).isGreaterThan(200_000);
    }

    /** Two guests share a pCPU, one of them in long calls that give way. */
    @ParameterizedTest
    @ValueSource(strings = {"credit", "credit2", "\"null\""})
    void shouldGoOnUnderOtherParametersOfAScheduler(String scheduler) {
        TestHost before = continuations(scheduler);
        TestHost after = continuations(scheduler)
                .set("costs.timer-latency=3us")
                .set("hosts.server.xen.command-line="
                        + "\"sched_credit_tslice_ms=10 sched_ratelimit_us=5000 vcpu_migration_delay=1000\"");

        HostReport report = Branching.goesOnFromItsOwnStates(1_234 * MS + 1, 2_345 * MS, before, after)
                .report();

        HostReport undisturbed = before.run().report();
        assertThat(report.fate()).isEqualTo(undisturbed.fate());
        assertThat(report.epochDigests()).isNotEqualTo(undisturbed.epochDigests());
    }

    private static TestHost continuations(String scheduler) {
        return TestHost.shipped("continuations.conf").set("duration=4s").set("hosts.server.xen.scheduler=" + scheduler);
    }
}
