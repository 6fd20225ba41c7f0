package org.xenfleet.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NodeMainTest {

    @Test
    void shouldFindWhereANodeIsBehindWhatALoggerLeftInTheLine() {
        assertThat(NodeMain.readAnnouncement("xenfleet-node 1 127.0.0.1:38477"))
                .contains(new Endpoint("127.0.0.1", 38_477));
        assertThat(NodeMain.readAnnouncement("\u001b[0;39mxenfleet-node 1 [::1]:7"))
                .contains(new Endpoint("::1", 7));
        assertThat(NodeMain.readAnnouncement("INFO started")).isEmpty();
    }
}
