package org.xenfleet.xen.sched;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The constants of xen-semantics 4.1 and their legal ranges. */
class CreditParametersTest {
    @Test
    void theDefaultsAreThoseOfXen44() {
        CreditParameters defaults = CreditParameters.DEFAULT;

        assertThat(defaults.tsliceNs()).isEqualTo(30_000_000);
        assertThat(defaults.tickNs()).isEqualTo(10_000_000);
        assertThat(defaults.ratelimitNs()).isEqualTo(1_000_000);
        assertThat(defaults.creditsPerTslice()).isEqualTo(300);
    }

    @ParameterizedTest
    @CsvSource({"1, 1000000", "2, 2000000", "3, 1000000", "6, 2000000", "1000, 333333000"})
    void aSliceHasThreeTicksAndUnder3MillisecondsOne(int tsliceMs, long tickNs) {
        assertThat(new CreditParameters(tsliceMs, 0).tickNs()).isEqualTo(tickNs);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1001, 0", "30, 99", "30, 30001", "1000, 500001", "30, -1"})
    void whatXenDoesNotTakeIsRefused(int tsliceMs, int ratelimitUs) {
        assertThatThrownBy(() -> new CreditParameters(tsliceMs, ratelimitUs))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 100", "1, 1000", "1000, 500000"})
    void theLimitsThemselvesAreLegal(int tsliceMs, int ratelimitUs) {
        assertThat(new CreditParameters(tsliceMs, ratelimitUs).ratelimitNs()).isEqualTo(ratelimitUs * 1000L);
    }

    @Test
    void pcpusAreNumberedSocketBySocketAndThreadsOfACoreAreNeighbours() {
        Topology topology = new Topology(8, 2, 2);

        assertThat(topology.socketOf(3)).isZero();
        assertThat(topology.socketOf(4)).isEqualTo(1);
        assertThat(topology.coreMask(5).stream()).containsExactly(4, 5, 6, 7);
        assertThat(topology.siblingMask(5).stream()).containsExactly(4, 5);
        assertThat(topology.siblingMask(6).stream()).containsExactly(6, 7);
        assertThat(topology.hasNeighbourhoods()).isTrue();
        assertThat(new Topology(8, 1, 1).hasNeighbourhoods()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1", "4, 3, 1", "6, 2, 2", "4, 0, 1", "4, 1, 0"})
    void pcpusThatCannotBeDealtAreRefused(int cpus, int sockets, int threads) {
        assertThatThrownBy(() -> new Topology(cpus, sockets, threads)).isInstanceOf(IllegalArgumentException.class);
    }
}
