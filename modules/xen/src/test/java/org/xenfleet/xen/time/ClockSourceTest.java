package org.xenfleet.xen.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockSourceTest {
    /** 2^24 / 3,579,545 Hz = 4.686968874 s; 2^32 / 14,318,180 Hz = 299.96600 s; 2^32 / 100 MHz = 42.94967296 s. */
    @Test
    void aCounterBeginsAgainWhenItsBitsAreFull() {
        assertThat(ClockSource.ACPI.wrapNs()).isEqualTo(4_686_968_874L);
        assertThat(ClockSource.ACPI.overflowPeriodNs()).isEqualTo(2_343_484_437L);
        assertThat(ClockSource.HPET.wrapNs()).isEqualTo((1L << 32) * 1_000_000_000L / 14_318_180L);
        assertThat(ClockSource.HPET.wrapNs() / 1_000_000).isEqualTo(299_966);
        assertThat(ClockSource.hpet(100_000_000L).wrapNs()).isEqualTo(42_949_672_960L);
        assertThat(ClockSource.hpet(100_000_000L).overflowPeriodNs()).isEqualTo(21_474_836_480L);
    }

    @ParameterizedTest
    @CsvSource({
        "15,1000000,has a counter of 15 bits; known are 16 to 32",
        "33,1000000,has a counter of 33 bits; known are 16 to 32",
        "24,999999,counts at 999999 Hz; known are 1000000 to 10000000000 Hz",
        "24,10000000001,counts at 10000000001 Hz; known are 1000000 to 10000000000 Hz"
    })
    void aCounterThatNoMachineHasIsRefused(int bits, long hz, String why) {
        assertThatThrownBy(() -> new ClockSource("pit", bits, hz))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("clocksource pit " + why);
    }
}
