package org.xenfleet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardIdTest {

    @Test
    void shouldBeWrittenAsItIsRead() {
        assertThat(ShardId.parse("31~2")).isEqualTo(new ShardId(31, 2)).hasToString("31~2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "run", "7", "~1", "7~", "-1~2", "7~-2", "7~2x16", "a~2", "7~2~3"})
    void shouldRefuseOtherText(String text) {
        assertThatThrownBy(() -> ShardId.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
