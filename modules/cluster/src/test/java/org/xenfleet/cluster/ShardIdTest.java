package org.xenfleet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardIdTest {

    @Test
    void shouldSayHowManyHostsThereAre() {
        ShardId id = ShardId.parse("7f3a~pool-a#2x16");

        assertThat(id).isEqualTo(new ShardId("7f3a", "pool-a", 2, 16));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7f3a~pool-a#0x16", "r~p~q#1x2#3x4", "r~x#0x1"})
    void shouldBeWrittenAsItIsRead(String text) {
        assertThat(ShardId.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pool-a",
                "run~pool-a",
                "run~pool-a#0",
                "run~pool-a#0x0",
                "run~pool-a#-1x2",
                "~p#0x1",
                "run~#0x1",
                "run~p#0x1y"
            })
    void shouldRefuseOtherText(String text) {
        assertThatThrownBy(() -> ShardId.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
