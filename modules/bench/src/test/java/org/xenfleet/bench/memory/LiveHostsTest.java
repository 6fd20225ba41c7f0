package org.xenfleet.bench.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.xenfleet.bench.scenario.Scenarios;
import org.xenfleet.host.plan.DomainPlan;
import org.xenfleet.host.plan.HostPlan;
import org.xenfleet.observe.HostReport.Role;

class LiveHostsTest {
    private static final int MIB = 1 << 20;

    @Test
    void theHeapHoldsWhatIsAlive() {
        long before = Heap.liveBytes();
        AtomicReference<byte[]> alive = new AtomicReference<>(new byte[64 * MIB]);
        long with = Heap.liveBytes();

        assertThat(with - before).isBetween(60L * MIB, 68L * MIB);
        assertThat(alive.get()).hasSize(64 * MIB);
    }

    @Test
    void hostsStayAliveUntilTheyAreClosed() {
        try (LiveHosts hosts = new LiveHosts(Scenarios.busy(1, 1, ""), 1_000_000)) {
            assertThat(hosts.add(1)).isEqualTo(1);
            assertThat(hosts.add(2)).isEqualTo(3);
        }
    }

    @Test
    void aLargeHostHas64PcpusDom0AndFortyGuestsOfTwoVcpus() {
        for (int stubs : new int[] {1, 2, 21}) {
            HostPlan plan = Scenarios.plan(Scenarios.large(1, stubs), "p/0");

            assertThat(plan.topology().cpus()).isEqualTo(64);
            assertThat(plan.domains()).filteredOn(d -> d.role() == Role.GUEST).hasSize(40);
            assertThat(plan.domains()).filteredOn(d -> d.role() == Role.STUB).hasSize(stubs);
            assertThat(plan.domains())
                    .filteredOn(d -> d.role() == Role.GUEST)
                    .extracting(DomainPlan::vcpus)
                    .allSatisfy(vcpus -> assertThat(vcpus).hasSize(2));
        }
    }
}
