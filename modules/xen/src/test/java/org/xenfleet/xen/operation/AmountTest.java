package org.xenfleet.xen.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountTest {
    private static final Map<String, Long> VALUES = Map.of(
            "arg.count", 3L,
            "arg.order", 5L,
            "guest.pages", 262_144L,
            "guest.max-gfn", 1_048_577L,
            "state.regions", 7L);

    private static long value(String text) {
        return Amount.of(text).in(name -> VALUES.getOrDefault(name, -1L));
    }

    @ParameterizedTest
    @CsvSource({
        "9, 9",
        "2^33, 8589934592",
        "arg.count, 3",
        "arg.count * 2^arg.order, 96",
        "512^arg.count / 512, 262144",
        "guest.max-gfn / 32768, 33",
        "state.regions + 1, 8",
        "state.regions * state.regions + 10 / 4, 52",
        "512^0, 1",
        "0 * arg.count, 0",
    })
    void isASumOfProductsOfPowersRoundedUp(String text, long expected) {
        assertThat(value(text)).isEqualTo(expected);
    }

    /** 2^61 is where no end begins: 2^60 is less, 2^62 and 10^30 are not. */
    @Test
    void countsAsWithoutEndWhereItIsTooLarge() {
        assertThat(value("2^60")).isEqualTo(1L << 60);
        assertThat(value("2^62")).isEqualTo(Amount.INFINITE);
        assertThat(value("10^30 / 1000")).isEqualTo(Amount.INFINITE);
        assertThat(value("infinite")).isEqualTo(Amount.INFINITE);
        assertThat(value("10^30 + 10^30")).isEqualTo(Amount.INFINITE);
        assertThat(Amount.of("infinite").isInfinite()).isTrue();
    }

    @Test
    void namesWhatItDependsOn() {
        assertThat(Amount.of("arg.count * 2^arg.order + state.regions / 2").names())
                .containsExactly("arg.count", "arg.order", "state.regions");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    arg.cuont         | 'arg.cuont' is no amount that is known; there are arg.count, arg.order, guest.max-gfn, guest.pages, and state. with a name of your own
                    2^                | '2^' is neither a number nor a name, nor a power of one
                    1 + + 2           | '' is neither a number nor a name, nor a power of one
                    4 / 0             | '0' is no number to divide by
                    4 / 2 / 2         | '4 / 2 / 2' divides more than once
                    state.Regions     | 'state.Regions' is neither a number nor a name, nor a power of one
                    -1                | '-1' is no amount that is known; there are arg.count, arg.order, guest.max-gfn, guest.pages, and state. with a name of your own
                    """)
    void saysWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> Amount.of(text)).hasMessage(message);
    }
}
