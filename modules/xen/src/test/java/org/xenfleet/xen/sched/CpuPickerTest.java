package org.xenfleet.xen.sched;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

/** Stay unless an idle pCPU is better placed; xen-semantics 4.1, "Placement". */
class CpuPickerTest {
    /** Where a vCPU goes; unless it is alone, another one is queued on its processor. */
    private static int pick(Topology topology, int processor, BitSet affinity, boolean lone, int... idle) {
        CreditVcpus vcpus = new CreditVcpus();
        RunQueues queues = new RunQueues(vcpus, topology.cpus());
        int vcpu = vcpus.add(vcpus.addDomain(256, 0), processor, affinity, null);
        if (!lone) {
            queues.insert(processor, vcpus.add(0, processor, affinity, null));
        }
        CpuPicker picker = new CpuPicker(
                topology, vcpus, queues, TestPool.cpus(0, topology.cpus()), new Idlers(topology, set(idle)));
        return picker.pick(vcpu, true);
    }

    private static int pick(Topology topology, int processor, boolean lone, int... idle) {
        return pick(topology, processor, TestPool.cpus(0, topology.cpus()), lone, idle);
    }

    private static BitSet set(int... cpus) {
        BitSet set = new BitSet();
        for (int cpu : cpus) {
            set.set(cpu);
        }
        return set;
    }

    private static final Topology FLAT = new Topology(4, 1, 1);
    /** Cores {0, 1}, {2, 3}. */
    private static final Topology THREADS = new Topology(4, 1, 2);
    /** Sockets {0, 1, 2, 3}, {4, 5, 6, 7}. */
    private static final Topology SOCKETS = new Topology(8, 2, 1);

    @Test
    void withoutIdlersItStays() {
        assertThat(pick(FLAT, 2, false)).isEqualTo(2);
    }

    @Test
    void fromABusyPcpuItGoesToTheIdleOne() {
        assertThat(pick(FLAT, 2, false, 1)).isEqualTo(1);
    }

    @Test
    void aloneOnItsPcpuItStaysAsAllPlacesAreEqual() {
        assertThat(pick(FLAT, 2, true, 0, 1, 3)).isEqualTo(2);
    }

    @Test
    void anIdlePcpuOutsideItsAffinityIsNoChoice() {
        assertThat(pick(FLAT, 0, set(0, 3), false, 1, 2)).isZero();
        assertThat(pick(FLAT, 0, set(0, 3), false, 1, 2, 3)).isEqualTo(3);
    }

    @Test
    void outsideItsAffinityItMovesInsideEvenToABusyPcpu() {
        assertThat(pick(FLAT, 0, set(2), false, 1)).isEqualTo(2);
    }

    /** Its own core has one idle thread, counting its own; the other has two. */
    @Test
    void aWhollyIdleCoreIsBetterThanHalfOfOne() {
        assertThat(pick(THREADS, 0, true, 2, 3)).isBetween(2, 3);
    }

    @Test
    void halfOfAnotherCoreIsNoBetterThanHalfOfItsOwn() {
        assertThat(pick(THREADS, 0, true, 3)).isZero();
    }

    /** Its socket has one idle pCPU, its own; the other has four, more than twice as many. */
    @Test
    void aMuchEmptierSocketIsBetter() {
        assertThat(pick(SOCKETS, 0, true, 4, 5, 6, 7)).isBetween(4, 7);
    }

    /** Two idle here, its own and 1; three there are less than twice as many. */
    @Test
    void aSlightlyEmptierSocketIsNotWorthIt() {
        assertThat(pick(SOCKETS, 0, true, 1, 5, 6, 7)).isZero();
    }

    /** Born on pCPU 0 one after the other, on a socket of two cores with two threads: first each core gets one. */
    @Test
    void newcomersSpreadOverTheCoresBeforeTheyShareThem() {
        CreditVcpus vcpus = new CreditVcpus();
        RunQueues queues = new RunQueues(vcpus, 4);
        Idlers idlers = new Idlers(THREADS, TestPool.cpus(0, 4));
        CpuPicker picker = new CpuPicker(THREADS, vcpus, queues, TestPool.cpus(0, 4), idlers);
        BitSet cores = new BitSet();
        BitSet cpus = new BitSet();
        int domain = vcpus.addDomain(256, 0);
        queues.insert(0, vcpus.add(domain, 0, TestPool.cpus(0, 1), null));
        for (int i = 0; i < 4; i++) {
            int cpu = picker.pick(vcpus.add(domain, 0, TestPool.cpus(0, 4), null), true);
            idlers.clear(cpu);
            cores.set(cpu / 2);
            cpus.set(cpu);
            assertThat(cores.cardinality())
                    .as("cores in use by %d vCPUs", i + 1)
                    .isEqualTo(Math.min(i + 1, 2));
        }

        assertThat(cpus.cardinality()).isEqualTo(4);
    }

    /** Core {2, 3} has two idle threads and 0 is alone on one of two; of the better core only 3 is allowed. */
    @Test
    void onABetterCoreItTakesAThreadThatItMayRunOn() {
        assertThat(pick(THREADS, 0, set(0, 3), true, 2, 3)).isEqualTo(3);
    }

    /** Twice from 2 to the idle core {0, 1}: the next one after 0, then the next one after that. */
    @Test
    void theThreadsOfTheCoreOfPcpu0AreTakenInTurn() {
        CreditVcpus vcpus = new CreditVcpus();
        int vcpu = vcpus.add(vcpus.addDomain(256, 0), 2, TestPool.cpus(0, 4), null);
        Idlers idlers = new Idlers(THREADS, set(0, 1));
        CpuPicker picker = new CpuPicker(THREADS, vcpus, new RunQueues(vcpus, 4), TestPool.cpus(0, 4), idlers);

        assertThat(picker.pick(vcpu, true)).isEqualTo(1);
        assertThat(picker.pick(vcpu, true)).isZero();
    }
}
