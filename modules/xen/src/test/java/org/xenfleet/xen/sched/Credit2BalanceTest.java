package org.xenfleet.xen.sched;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which pCPUs share a run queue, where vCPUs are placed, and when the balance moves them; in us, xen-semantics 4.2. */
class Credit2BalanceTest {
    private static List<BitSet> queues(Topology topology, BitSet pool) {
        List<Credit2RunQueue> queues = new ArrayList<>();
        Credit2RunQueues.build(topology, pool, new Credit2Vcpus(), queues);
        return queues.stream().map(q -> q.cpus).toList();
    }

    @Test
    void eachSocketHasARunQueue() {
        assertThat(queues(new Topology(16, 2, 1), Credit2Pool.cpus(0, 16)))
                .containsExactly(Credit2Pool.cpus(0, 8), Credit2Pool.cpus(8, 16));
    }

    @Test
    void aPoolHasRunQueuesOfItsOwnPcpus() {
        assertThat(queues(new Topology(16, 2, 1), Credit2Pool.cpus(6, 10)))
                .containsExactly(Credit2Pool.cpus(6, 8), Credit2Pool.cpus(8, 10));
    }

    /** 20 pCPUs take two queues at least, so ten in each; 48 take three of 16. */
    @Test
    void aSocketOfMoreThan16PcpusHasSeveral() {
        assertThat(queues(new Topology(20, 1, 2), Credit2Pool.cpus(0, 20)))
                .containsExactly(Credit2Pool.cpus(0, 10), Credit2Pool.cpus(10, 20));
        assertThat(queues(new Topology(48, 1, 1), Credit2Pool.cpus(0, 48))).hasSize(3);
    }

    @Test
    void newVcpusGoToTheLeastLoadedRunQueueAndInTurnThere() {
        Credit2Pool pool = Credit2Pool.of(new Topology(4, 2, 1));
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            places.add(pool.scheduler.processor(pool.vcpu()));
        }

        assertThat(places).containsExactly(1, 3, 0, 2, 1, 3);
    }

    /** The average of one that always runs: 10 ms of a window of 2^30 ns, 9,765 of 2^20 units: 2,441 of 262,144. */
    @Test
    void aLoadOfOneCountsForThePartOfTheWindowThatItLasted() {
        assertThat(LoadAverage.time(10_000_000)).isEqualTo(9_765);
        assertThat(LoadAverage.at(9_765, 0, 0, 1)).isEqualTo(2_441);
        assertThat(LoadAverage.at(1 << 19, 0, LoadAverage.ONE, 0)).isEqualTo(LoadAverage.ONE / 2);
        assertThat(LoadAverage.at((1 << 20) + 1, 0, 7, 3)).isEqualTo(3 * LoadAverage.ONE);
    }

    private static void spin(Credit2Pool pool, long us) {
        for (int cpu = 0; cpu < pool.topology.cpus(); cpu++) {
            pool.schedule(cpu, us);
        }
    }

    private static int running(Credit2Pool pool, int from, int to) {
        int running = 0;
        for (int cpu = from; cpu < to; cpu++) {
            running += pool.scheduler.current(cpu) == Credit2Pool.IDLE ? 0 : 1;
        }
        return running;
    }

    /** Four on one socket, each on its pCPU, none on the other: a difference of four is more than one. */
    @Test
    void runningVcpusAreMovedToAnEmptySocket() {
        Credit2Pool pool = Credit2Pool.of(new Topology(8, 2, 1));
        List<Integer> vcpus = new ArrayList<>();
        for (int cpu = 0; cpu < 4; cpu++) {
            int vcpu = pool.pinned(cpu);
            pool.start(vcpu, 0);
            vcpus.add(vcpu);
        }
        assertThat(running(pool, 0, 4)).isEqualTo(4);
        for (int vcpu : vcpus) {
            pool.scheduler.setAffinity(vcpu, Credit2Pool.cpus(0, 8), 0);
        }
        for (long ms = 0; ms < 3_000; ms += 5) {
            spin(pool, ms * 1_000);
        }

        assertThat(running(pool, 0, 4)).isEqualTo(2);
        assertThat(running(pool, 4, 8)).isEqualTo(2);
    }

    /** Two and one: a difference of one is tolerated, and a move would only turn it round. */
    @Test
    void aDifferenceOfOneIsTolerated() {
        Credit2Pool pool = Credit2Pool.of(new Topology(8, 2, 1));
        int a = pool.vcpu();
        int b = pool.vcpu();
        int c = pool.vcpu();
        List<Integer> places = List.of(pool.start(a, 0), pool.start(b, 0), pool.start(c, 0));
        assertThat(running(pool, 0, 4)).isEqualTo(2);
        for (long ms = 1; ms < 3_000; ms += 5) {
            spin(pool, ms * 1_000);
        }

        assertThat(List.of(pool.scheduler.processor(a), pool.scheduler.processor(b), pool.scheduler.processor(c)))
                .isEqualTo(places);
    }

    /** Only c is free. Two that sleep keep it from the second socket at first; then there is 3 here and nothing there. */
    @Test
    void aWaitingVcpuIsMovedToTheLessLoadedSocket() {
        Credit2Pool pool = Credit2Pool.of(new Topology(2, 2, 1));
        pool.pinned(1);
        pool.pinned(1);
        int c = pool.vcpu();
        int a = pool.pinned(0);
        int b = pool.pinned(0);
        for (int vcpu : List.of(a, b, c)) {
            assertThat(pool.scheduler.processor(vcpu)).isZero();
            pool.wake(vcpu, 0);
        }
        for (long ms = 0; ms < 2_000; ms += 5) {
            spin(pool, ms * 1_000);
        }

        assertThat(pool.scheduler.current(1)).isEqualTo(c);
        assertThat(pool.scheduler.queueLength(0)).isEqualTo(1);
    }

    /** A quiet slice end is one that gives the vCPU another slice and nothing else. */
    @Test
    void aSliceMattersWhenSomebodyWaitsOrASocketMayComeToDiffer() {
        Credit2Pool pool = Credit2Pool.of(new Topology(2, 2, 1));
        pool.start(pool.pinned(0), 0);
        assertThat(pool.scheduler.sliceMatters(0)).isFalse();
        assertThat(pool.scheduler.sliceMatters(1)).isFalse();
        int b = pool.pinned(0);
        pool.wake(b, 0);

        assertThat(pool.scheduler.sliceMatters(0)).isTrue();
        pool.scheduler.pause(b, 0);
        assertThat(pool.scheduler.sliceMatters(0)).isFalse();
    }
}
