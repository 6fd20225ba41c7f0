package org.xenfleet.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "DURATION, 1h, 3600000000000",
        "DURATION, 1.5ms, 1500000",
        "DURATION, 2 m, 120000000000",
        "DURATION, -3us, -3000",
        "SIZE, 0.5KiB, 512",
        "SIZE, 2TiB, 2199023255552",
        "FREQUENCY, 2.4GHz, 2400000000",
        "INTEGER, 1.0, 1",
        "FRACTION, 0.25, 250000000",
        "FRACTION, 3 %, 30000000",
        "INTEGER, 9223372036854775807, 9223372036854775807",
    })
    void isReadExactly(KeyType type, String text, long value) {
        assertThat(Quantity.parse(type, text)).isEqualTo(new Quantity.Result(value, ""));
    }

    @ParameterizedTest
    @CsvSource({
        "INTEGER, 9223372036854775808, is far too large",
        "INTEGER, 1e3, has the unit 'e3'",
        "INTEGER, '', is not a number",
        "DURATION, 0.5ns, is not a whole number of nanoseconds",
        "DURATION, 5, 'has no unit; write for example 5ms'",
        "DURATION, 5min, 'write 5m'",
        "DURATION, 5MHz, 'of a frequency, but a duration is needed'",
        "SIZE, 4MB, 'write 4MiB'",
        "SIZE, 4M, 'write 4MiB'",
        "FREQUENCY, 2ghz, 'write 2GHz'",
    })
    void isRefusedWithTheReason(KeyType type, String text, String reason) {
        assertThat(Quantity.parse(type, text).problem()).contains(reason);
    }

    @Test
    void isWrittenInTheLargestUnitThatIsExact() {
        assertThat(Quantity.text(KeyType.DURATION, 90_000_000_000L)).isEqualTo("90s");
        assertThat(Quantity.text(KeyType.DURATION, 1_500_000)).isEqualTo("1500us");
        assertThat(Quantity.text(KeyType.SIZE, 1L << 40)).isEqualTo("1TiB");
        assertThat(Quantity.text(KeyType.DURATION, 0)).isEqualTo("0ms");
        assertThat(Quantity.text(KeyType.INTEGER, -7)).isEqualTo("-7");
    }
}
