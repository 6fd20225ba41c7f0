package org.xenfleet.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanTextTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1 ns",
        "999, 999 ns",
        "3400, 3.4 us",
        "10050000, 10.05 ms",
        "999940000, 999.9 ms",
        "999960000, 1 s",
        "2884123456, 2.884 s",
        "60000000000, 60 s",
        "12345600000000, 12346 s",
        "9223372036854775807, 9223372037 s",
    })
    void shouldShowDurationsWithFourDigitsInTheLargestUnitThatFits(long ns, String text) {
        assertThat(HumanText.duration(ns)).isEqualTo(text);
    }

    @Test
    void shouldShowCountsWithCommas() {
        assertThat(HumanText.count(1_048_576)).isEqualTo("1,048,576");
        assertThat(HumanText.count(1, "host")).isEqualTo("1 host");
        assertThat(HumanText.count(2, "host")).isEqualTo("2 hosts");
    }

    @Test
    void shouldShowPartsInPercent() {
        assertThat(HumanText.percent(1, 3)).isEqualTo("33.3 %");
        assertThat(HumanText.percent(5, 0)).isEqualTo("0 %");
        assertThat(HumanText.percent(new BigDecimal("0.250200"))).isEqualTo("25.02 %");
        assertThat(HumanText.percent(new BigDecimal("1.000000"))).isEqualTo("100 %");
    }

    @Test
    void shouldNameErrorNumbers() {
        assertThat(Errno.label(0)).isEqualTo("0");
        assertThat(Errno.label(-22)).isEqualTo("-22 EINVAL");
        assertThat(Errno.label(-99)).isEqualTo("-99");
    }
}
