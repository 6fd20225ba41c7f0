package org.xenfleet.xlcfg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CLongTest {
    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "0,0",
                "7,7",
                "-7,-7",
                "+7,7",
                "  7,7",
                "010,8",
                "0x1f,31",
                "0X1F,31",
                "-0x10,-16",
                "00,0",
                "9223372036854775807,9223372036854775807",
                "-9223372036854775808,-9223372036854775808",
                "0x7fffffffffffffff,9223372036854775807",
            })
    void shouldReadWhatStrtolReads(String text, long value) {
        assertThat(CLong.parse(text)).isEqualTo(new CLong(CLong.Kind.NUMBER, value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-", "+", "08", "1e3", "7 ", "0x", "0xg", "- 7", "--7", "1.0", "\u0667", "abc"})
    void shouldNotReadOtherText(String text) {
        assertThat(CLong.parse(text).kind()).isEqualTo(CLong.Kind.NOT_A_NUMBER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9223372036854775808",
                "-9223372036854775809",
                "99999999999999999999999999",
                "0xffffffffffffffff",
                "99999999999999999999x"
            })
    void shouldReportTheRangeBeforeAnythingElse(String text) {
        assertThat(CLong.parse(text).kind()).isEqualTo(CLong.Kind.OUT_OF_RANGE);
    }
}
