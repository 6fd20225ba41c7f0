package org.xenfleet.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.xenfleet.observe.HostReport.Role;

class AvailabilityTest {

    @Test
    void shouldRoundHalfUpAtTheSixthDecimal() {
        // 1/2,000,000 = 0.0000005 exactly; 2/3 = 0.6666666...
        assertThat(Availability.of(Reports.guest(1, 2_000_000))).hasToString("0.000001");
        assertThat(Availability.of(Reports.guest(2, 3))).hasToString("0.666667");
        assertThat(Availability.of(Reports.guest(7, 7))).hasToString("1.000000");
    }

    @Test
    void shouldGiveEveryGuestTheSameWeightHoweverLongItWasObserved() {
        // (1/3 + 1/2 + 1/1) / 3 = 11/18 = 0.6111...
        assertThat(Availability.mean(List.of(Reports.guest(1, 3), Reports.guest(2, 4), Reports.guest(5, 5))))
                .hasToString("0.611111");
    }

    @Test
    void shouldBeExactWhereRoundedPartsWouldNotBe() {
        // (1/3 + 2/3 - the rest is exact) / 2: parts rounded down would give 0.4999995, this is 0.5
        assertThat(Availability.mean(List.of(Reports.guest(1, 3), Reports.guest(4, 6))))
                .hasToString("0.500000");
    }

    @Test
    void shouldCountGuestsOnlyAndOnlyThoseThatRan() {
        assertThat(Availability.mean(List.of(
                        Reports.guest(1, 4),
                        Reports.guest(0, 0),
                        Reports.domain("Domain-0", Role.CONTROL, 0, 9),
                        Reports.domain("guest-dm", Role.STUB, 0, 9))))
                .hasToString("0.250000");
    }

    @Test
    void shouldBeOneWhereNothingCouldBeLost() {
        assertThat(Availability.mean(List.of())).hasToString("1.000000");
        assertThat(Availability.of(Reports.guest(0, 0))).hasToString("1.000000");
    }
}
