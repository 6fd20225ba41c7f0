package org.xenfleet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardIdTest {

    @Test
    void shouldSayHowManyHostsThereAre() {
        ShardId id = ShardId.parse("7f3a~2x16");

        assertThat(id).isEqualTo(new ShardId("7f3a", 2, 16));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7f3a~0x16", "r#1~12x3400", "x~0x1"})
    void shouldBeWrittenAsItIsRead(String text) {
        assertThat(ShardId.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "run", "run~0", "run~0x0", "run~-1x2", "~0x1", "run~x1", "run~0x1y", "r~p~0x1"})
    void shouldRefuseOtherText(String text) {
        assertThatThrownBy(() -> ShardId.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
