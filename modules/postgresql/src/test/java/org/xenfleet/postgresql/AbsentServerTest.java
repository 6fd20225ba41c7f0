package org.xenfleet.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xenfleet.fleet.store.StoreLocation;
import org.xenfleet.fleet.store.StoreRefused;

@Timeout(60)
class AbsentServerTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    @Test
    void shouldSayThatNobodyListens() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, HERE)) {
            port = socket.getLocalPort();
        }
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/x";

        assertThatThrownBy(() -> open(url + "?password=secret", Duration.ofMillis(100)))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(StoreRefused.class)
                .hasMessageStartingWith("Cannot open the store " + url + "?password=***, tried ")
                .hasMessageContaining("refused")
                .hasStackTraceContaining("at org.xenfleet")
                .extracting(AbsentServerTest::everything)
                .asString()
                .doesNotContain("secret");
    }

    @Test
    void shouldNotWaitForAServerThatSaysNothing() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, HERE)) {
            String url = "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/x?loginTimeout=1";

            assertThatThrownBy(() -> open(url, Duration.ZERO))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("Cannot open the store " + url + ", tried 1 times in 0.0 s: ");
        }
    }

    private static String everything(Throwable failure) {
        StringBuilder all = new StringBuilder();
        for (Throwable each = failure; each != null; each = each.getCause()) {
            all.append(each).append('\n');
        }
        assertThat(all).isNotEmpty();
        return all.toString();
    }

    private static void open(String url, Duration patience) throws IOException {
        JdbcRunStore.open(StoreLocation.of(url), "run-1", Map.of(), patience).close();
    }
}
