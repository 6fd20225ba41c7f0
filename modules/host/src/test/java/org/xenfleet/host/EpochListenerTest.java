package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenfleet.observe.HostReport;
import org.xenfleet.timeline.DamagedState;
import org.xenfleet.timeline.StateBuffer;

/** A host of two pCPUs and three guests, for 4.5 s: four epochs end while it runs, and a fifth at the end. */
class EpochListenerTest {
    private static final long DURATION = 4_500_000_000L;

    @TempDir
    Path folder;

    private TestHost host() {
        return TestHost.in(folder, "4500ms", """
                        cpus = 2, xen { version = "4.4.1" }, dom0 { vcpus = 1 }
                        domains { guest { xl = guest.cfg, count = 3, workload = mail } }
                        """, "workloads { mail { kind = poisson, burst = 500us, period = 3ms } }")
                .xl("guest.cfg", "name = \"guest\"\nkernel = \"/k\"\nmemory = 128\n");
    }

    @Test
    void shouldTellEveryEpochWithItsNumberAndDigest() {
        List<Integer> epochs = new ArrayList<>();
        List<Long> digests = new ArrayList<>();
        HostReport report = host().run(simulation -> simulation.onEpoch((epoch, digest) -> {
                    epochs.add(epoch);
                    digests.add(digest);
                }))
                .report();

        assertThat(epochs).containsExactly(0, 1, 2, 3);
        assertThat(digests).isEqualTo(report.epochDigests().subList(0, 4));
    }

    @Test
    void shouldGoOnFromTheBytesOfAStateThatTheListenerTook() throws DamagedState {
        List<byte[]> taken = new ArrayList<>();
        HostReport undisturbed = host().run(simulation -> simulation.onEpoch(
                        (epoch, digest) -> taken.add(simulation.snapshot().encode())))
                .report();
        assertThat(taken).hasSize(4);

        StateBuffer second = StateBuffer.decode(taken.get(1));
        List<Integer> epochs = new ArrayList<>();
        HostReport resumed = host().with((simulation, seen) -> {
            simulation.onEpoch((epoch, digest) -> epochs.add(epoch));
            simulation.restore(second);
            simulation.advance(DURATION, Long.MAX_VALUE);
            return simulation.finish();
        });

        assertThat(epochs).containsExactly(2, 3);
        assertThat(resumed).isEqualTo(undisturbed);
    }
}
