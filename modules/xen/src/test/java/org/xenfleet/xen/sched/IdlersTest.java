package org.xenfleet.xen.sched;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two sockets of four pCPUs, in cores of one thread or of two. */
class IdlersTest {
    private static final Topology SINGLE = new Topology(8, 2, 1);
    private static final Topology THREADS = new Topology(8, 2, 2);

    private static Idlers idle(Topology topology, int... cpus) {
        BitSet mask = new BitSet();
        IntStream.of(cpus).forEach(mask::set);
        return new Idlers(topology, mask);
    }

    /** pCPU 7 would have one idle neighbour in its socket, itself: twice that are less than three. */
    @Test
    void shouldBeUnevenWhenASocketHasMoreThanTwiceAsManyAsAnother() {
        assertThat(idle(SINGLE, 0, 1, 2).areUneven()).isTrue();
        assertThat(idle(SINGLE, 0, 1).areUneven()).isFalse();
        assertThat(idle(SINGLE, 0, 1, 2, 4).areUneven()).isFalse();
    }

    @Test
    void shouldBeUnevenWhenACoreIsIdlerThanABusyThreadsCoreWouldBe() {
        assertThat(idle(THREADS, 0, 1).areUneven()).isTrue();
        assertThat(idle(THREADS, 0, 2, 4, 6).areUneven()).isFalse();
        assertThat(idle(THREADS, 0, 1, 2, 4, 6).areUneven()).isFalse();
    }

    @Test
    void shouldNotBeUnevenWhenNobodyIsBusy() {
        assertThat(idle(THREADS, 0, 1, 2, 3, 4, 5, 6, 7).areUneven()).isFalse();
        assertThat(idle(THREADS).areUneven()).isFalse();
    }

    /** From three idle ones in a socket to two and back; the second time round changes nothing. */
    @Test
    void shouldFollowEveryChange() {
        Idlers idlers = idle(SINGLE, 0, 1, 2);

        idlers.clear(2);
        idlers.clear(2);
        assertThat(idlers.areUneven()).isFalse();
        assertThat(idlers.get(2)).isFalse();

        idlers.set(3, true);
        idlers.set(3, true);
        assertThat(idlers.areUneven()).isTrue();
        assertThat(idlers.cpus().cardinality()).isEqualTo(3);
    }

    /** All masks of eight pCPUs: as counted block by block. */
    @Test
    void shouldAgreeWithCountingBlocks() {
        for (Topology topology : new Topology[] {SINGLE, THREADS}) {
            for (long mask = 0; mask < 256; mask++) {
                BitSet idle = BitSet.valueOf(new long[] {mask});
                boolean counted = isUneven(idle, topology.threadsPerCore(), 1) || isUneven(idle, 4, 2);
                assertThat(new Idlers(topology, idle).areUneven())
                        .as("idle %s", idle)
                        .isEqualTo(counted);
            }
        }
    }

    private static boolean isUneven(BitSet idle, int size, int factor) {
        int most = 0;
        int least = 100;
        for (int first = 0; first < 8; first += size) {
            int here = idle.get(first, first + size).cardinality();
            most = Math.max(most, here);
            least = here < size ? Math.min(least, here + 1) : least;
        }
        return least * factor < most;
    }
}
