package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenfleet.observe.HostReport;
import org.xenfleet.timeline.DeliveryFault;
import org.xenfleet.timeline.StateBuffer;

/** Six seconds of a busy host with every kind of workload, an attack and a working set: seven epochs of a second. */
class DigestTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long DURATION = 6 * SECOND + 500_000_000L;

    @TempDir
    Path folder;

    private TestHost host;

    @BeforeEach
    void describe() {
        host = TestHost.in(folder, "6500ms", """
                        cpus = 6, sockets = 2, xen { version = "4.4.1" }
                        dom0 { vcpus = 2, workload = web }
                        domains {
                          batch { xl = batch.cfg, count = 3, workload = busy }
                          capped { xl = capped.cfg, workload = busy }
                          mail { xl = mail.cfg, workload = mail }
                          victim { xl = victim.cfg, workload = touching, device-model-workload = attack }
                        }
                        """, """
                        workloads {
                          busy { kind = cpu }
                          touching { kind = periodic, burst = 3ms, period = 10ms, working-set = 4MiB, touch-interval = 50us }
                          web { kind = periodic, burst = 1ms, period = 7ms }
                          mail { kind = poisson, burst = 500us, period = 3ms }
                          attack { kind = hypercalls, operation = set_mem_access, access = n, start = 500ms, repeat = forever, pause = 20ms }
                        }
                        """)
                .xl("batch.cfg", "name = \"batch\"\nkernel = \"/k\"\nmemory = 128\nvcpus = 2\n")
                .xl("capped.cfg", "name = \"capped\"\nkernel = \"/k\"\nmemory = 128\ncap = 30\n")
                .xl("mail.cfg", "name = \"mail\"\nkernel = \"/k\"\nmemory = 128\nvcpus = 2\n")
                .xl("victim.cfg", """
                        name = "victim"
                        type = "hvm"
                        memory = 512
                        vcpus = 2
                        device_model_stubdomain_override = 1
                        """);
    }

    @Test
    void theSameScenarioAndSeedGiveTheSameDigestTwice() {
        HostReport first = host.run().report();
        HostReport second = host.run().report();

        assertThat(first.epochDigests()).hasSize(7).isEqualTo(second.epochDigests());
        assertThat(first).isEqualTo(second);
    }

    /** A change of this value is a change of the model, and an entry in the change log. */
    @Test
    void theDigestIsTheOneWrittenDownOnEveryJvm() {
        long digest = host.run().report().epochDigests().get(6);

        assertThat(Long.toHexString(digest)).isEqualTo("90792cd2408a7da2");
    }

    @Test
    void anotherSeedGivesAnotherDigest() {
        List<Long> one = host.run().report().epochDigests();
        List<Long> other = host.set("seed = 2").run().report().epochDigests();

        assertThat(other).isNotEqualTo(one);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "costs.p2m-entry = 251ns",
                "costs.softirq-pass = 1001ns",
                "costs.context-switch = 3001ns",
                "costs.ept-violation = 2001ns",
                "costs.hypercall-pv = 301ns"
            })
    void aConstantChangedByOneNanosecondGivesAnotherDigest(String change) {
        List<Long> plain = host.run().report().epochDigests();

        assertThat(host.set(change).run().report().epochDigests().get(6)).isNotEqualTo(plain.get(6));
    }

    @Test
    void twoDeliveriesOfOneInstantSwappedGiveAnotherDigest() {
        List<Long> plain = host.run().report().epochDigests();
        boolean[] fired = new boolean[1];
        List<Long> swapped = host.run(simulation -> simulation.inject((time, target, message) -> {
                    boolean here =
                            !fired[0] && message.getClass().getSimpleName().equals("DomainUnpaused");
                    fired[0] |= here;
                    return here ? DeliveryFault.Verdict.SWAP_WITH_NEXT : DeliveryFault.Verdict.DELIVER;
                }))
                .report()
                .epochDigests();

        assertThat(fired[0]).as("the fault fired").isTrue();
        assertThat(swapped).isNotEqualTo(plain);
    }

    @Test
    void aHostThatGoesOnFromASnapshotOfAnyEpochEndsWithTheSameReport() {
        HostReport undisturbed = host.run().report();
        List<StateBuffer> snapshots = host.with((simulation, seen) -> {
            List<StateBuffer> taken = new ArrayList<>();
            simulation.boot();
            for (int epoch = 1; epoch <= 6; epoch++) {
                simulation.advance(epoch * SECOND, Long.MAX_VALUE);
                taken.add(simulation.snapshot());
            }
            return taken;
        });

        for (int epoch = 1; epoch <= 6; epoch++) {
            StateBuffer snapshot = snapshots.get(epoch - 1);
            HostReport resumed = host.with((simulation, seen) -> {
                simulation.restore(snapshot);
                assertThat(simulation.snapshot().firstDifference(snapshot)).isEqualTo(-1);
                simulation.advance(DURATION, Long.MAX_VALUE);
                return simulation.finish();
            });
            assertThat(resumed).as("from epoch %d", epoch).isEqualTo(undisturbed);
        }
    }

    @Test
    void everyWorkloadOfTheScenarioReallyRan() {
        TestHost.Outcome outcome = host.run();

        assertThat(outcome.report().domains())
                .allSatisfy(d -> assertThat(d.cpuNs()).as(d.name()).isPositive());
        assertThat(outcome.call().calls()).isGreaterThan(3);
        assertThat(outcome.report().pcpus().stream()
                        .mapToLong(HostReport.Pcpu::spinNs)
                        .sum())
                .isPositive();
        assertThat((double) outcome.domain("capped").cpuNs() / DURATION).isBetween(0.25, 0.35);
    }
}
