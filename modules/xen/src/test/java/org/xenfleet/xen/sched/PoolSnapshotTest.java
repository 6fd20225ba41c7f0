package org.xenfleet.xen.sched;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.xenfleet.xen.sched.cases.Snapshot;

/** What administrators have changed survives a snapshot of credit2 and null; the rest is checked by every case of the notation. */
class PoolSnapshotTest {
    private static final Topology TOPOLOGY = new Topology(4, 2, 1);

    private static final VcpuTimes.Listener NOBODY = new VcpuTimes.Listener() {
        @Override
        public void ran(int vcpu, int cpu, long start, long end) {}

        @Override
        public void waited(int vcpu, int cpu, long start, long end) {}

        @Override
        public void late(int vcpu, int cpu, long due, long firstInstruction) {}
    };

    private static PoolScheduler withThree(Function<VcpuTimes, PoolScheduler> of) {
        PoolScheduler scheduler = of.apply(new VcpuTimes(NOBODY, 0));
        for (int i = 0; i < 3; i++) {
            scheduler.addVcpu(scheduler.addDomain(256, 0), i, Affinity.hard(Credit2Pool.cpus(0, 4)));
            scheduler.unpause(i, 0, 0);
        }
        return scheduler;
    }

    private static void check(Function<VcpuTimes, PoolScheduler> of) {
        PoolScheduler changed = withThree(of);
        changed.wake(0, 0, 0, -1);
        changed.setAffinity(1, Credit2Pool.cpus(3, 4), 0);
        changed.pause(1, 0);
        changed.wake(1, 0, 0, -1);
        changed.offline(2, 0);
        Snapshot snapshot = new Snapshot();
        changed.fields(snapshot);
        PoolScheduler restored = withThree(of);
        snapshot.rewind();
        restored.fields(snapshot);

        assertThat(snapshot.unread()).isZero();
        assertThat(restored.online().stream()).containsExactly(0, 1, 3);
        assertThat(restored.processor(1)).isEqualTo(3);
        assertThat(restored.takePokes()).isEqualTo(changed.takePokes());
        restored.unpause(1, 0, 0);
        assertThat(restored.takePokes()).isEqualTo(Credit2Pool.cpus(3, 4));
        Snapshot again = new Snapshot();
        changed.unpause(1, 0, 0);
        changed.takePokes();
        changed.fields(again);
        Snapshot ofRestored = new Snapshot();
        restored.fields(ofRestored);
        assertThat(ofRestored.lines()).isEqualTo(again.lines());
    }

    @Test
    void ofCredit2() {
        check(times -> new Credit2Scheduler(TOPOLOGY, Credit2Pool.cpus(0, 4), Credit2Parameters.DEFAULT, times));
    }

    @Test
    void ofNull() {
        check(times -> new NullScheduler(TOPOLOGY, Credit2Pool.cpus(0, 4), times));
    }
}
