package org.xenfleet.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RunLoadTest {
    private final RunLoad load = new RunLoad();

    @Test
    void shouldKnowTheHostsOfTheRunThatIsSimulated() {
        load.begin(Map.of("7~0", 208L, "7~1", 192L));

        assertThat(load.hostsOf("7~1")).hasValue(192);
        assertThat(load.hostsOf("3~1")).hasValue(0);
    }

    @Test
    void shouldKnowNothingBeforeAndAfter() {
        assertThat(load.hostsOf("7~0")).isEmpty();

        load.begin(Map.of("7~0", 208L));
        load.end();

        assertThat(load.hostsOf("7~0")).isEmpty();
    }
}
