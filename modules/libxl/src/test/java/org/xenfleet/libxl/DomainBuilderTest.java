package org.xenfleet.libxl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenfleet.xen.sched.Topology;

/** Pool size and first pCPUs; xen-semantics 1.8 and 7.1. */
class DomainBuilderTest {
    private static final Topology FLAT = new Topology(4, 1, 1);
    /** Cores {0, 1}, {2, 3}. */
    private static final Topology THREADS = new Topology(4, 1, 2);

    private static BitSet cpus(int from, int to) {
        BitSet mask = new BitSet();
        mask.set(from, to);
        return mask;
    }

    /** 256 pages a vCPU and 2 a MiB. */
    @ParameterizedTest
    @CsvSource({"1, 1024, 2304", "2, 4096, 8704", "4, 16384, 33792", "16, 65536, 135168"})
    void thePagingPoolGrowsWithVcpusAndMemory(int vcpus, long mib, long pages) {
        assertThat(DomainBuilder.pagingPoolPages(vcpus, mib)).isEqualTo(pages);
    }

    @Test
    void aStubIsNamedAfterItsGuest() {
        assertThat(DomainBuilder.stubName("web")).isEqualTo("web-dm");
        assertThat(DomainBuilder.STUB_VCPUS).isEqualTo(1);
        assertThat(DomainBuilder.STUB_MEMORY_MIB).isEqualTo(32);
    }

    @Test
    void theFirstVcpuGoesToTheEmptiestPcpuAndTiesToTheHighestNumber() {
        DomainBuilder builder = new DomainBuilder(FLAT);
        int[] expected = {3, 2, 1, 0, 3};
        for (int i = 0; i < expected.length; i++) {
            assertThat(builder.placeVcpus(1, cpus(0, 4))).as("domain %d", i).containsExactly(expected[i]);
        }
    }

    @Test
    void furtherVcpusGoToTheNextPcpusAround() {
        assertThat(new DomainBuilder(FLAT).placeVcpus(3, cpus(0, 4))).containsExactly(3, 0, 1);
    }

    /** Three vCPUs on 3, 0 and 1 leave 2 the emptiest. */
    @Test
    void allVcpusOfADomainCount() {
        DomainBuilder builder = new DomainBuilder(FLAT);
        builder.placeVcpus(3, cpus(0, 4));

        assertThat(builder.placeVcpus(1, cpus(0, 4))).containsExactly(2);
    }

    @Test
    void dom0sVcpusGoRoundFromTheFirstPcpuAndCount() {
        DomainBuilder builder = new DomainBuilder(FLAT);
        assertThat(builder.placeDom0(6, cpus(0, 4))).containsExactly(0, 1, 2, 3, 0, 1);

        assertThat(builder.placeVcpus(1, cpus(0, 4))).containsExactly(3);
        assertThat(builder.placeVcpus(1, cpus(0, 4))).containsExactly(2);
    }

    @Test
    void ofACoreWithThreadsOnlyTheSecondIsConsidered() {
        DomainBuilder builder = new DomainBuilder(THREADS);

        assertThat(builder.placeVcpus(1, cpus(0, 4))).containsExactly(3);
        assertThat(builder.placeVcpus(1, cpus(0, 4))).containsExactly(1);
        assertThat(builder.placeVcpus(1, cpus(0, 4))).containsExactly(3);
    }

    @Test
    void aPoolIsNotLeft() {
        DomainBuilder builder = new DomainBuilder(FLAT);

        assertThat(builder.placeVcpus(3, cpus(1, 3))).containsExactly(2, 1, 2);
        assertThat(builder.placeDom0(2, cpus(3, 4))).containsExactly(3, 3);
    }
}
