package org.xenfleet.cluster.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xenfleet.cluster.Endpoint;

/** Faults must really happen, or the tests that rely on them prove nothing. */
class TcpForwarderTest {
    private static final int SHORTLY = 200;

    private ServerSocket member;
    private TcpForwarder forwarder;

    @BeforeEach
    void start() throws IOException {
        member = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        forwarder = new TcpForwarder(new Endpoint(Endpoint.LOOPBACK, member.getLocalPort()));
    }

    @AfterEach
    void stop() throws IOException {
        forwarder.close();
        member.close();
    }

    @Test
    void shouldForwardBothWays() throws IOException {
        try (Socket there = connect("127.0.0.1");
                Socket here = member.accept()) {
            assertPasses(there, here);
            assertPasses(here, there);
            assertThat(forwarder.forwarded()).isEqualTo(2);
        }
    }

    @Test
    void shouldHoldBackWhatIsCutAndLoseNothing() throws IOException {
        try (Socket there = connect("127.0.0.1");
                Socket here = member.accept()) {
            forwarder.cut();
            there.getOutputStream().write(7);
            here.getOutputStream().write(8);
            assertHearsNothing(here);
            assertHearsNothing(there);

            forwarder.heal();
            assertThat(here.getInputStream().read()).isEqualTo(7);
            assertThat(there.getInputStream().read()).isEqualTo(8);
        }
    }

    @Test
    void shouldCutOnlyWhoComesFromThere() throws IOException {
        try (Socket second = connect("127.0.0.2");
                Socket ofSecond = member.accept();
                Socket third = connect("127.0.0.3");
                Socket ofThird = member.accept()) {
            forwarder.cutFrom("127.0.0.3");

            assertPasses(second, ofSecond);
            third.getOutputStream().write(1);
            assertHearsNothing(ofThird);
            ofThird.getOutputStream().write(1);
            assertHearsNothing(third);
        }
    }

    @Test
    void shouldDelay() throws IOException {
        try (Socket there = connect("127.0.0.1");
                Socket here = member.accept()) {
            forwarder.delay(Duration.ofMillis(2L * SHORTLY));
            long before = System.nanoTime();
            there.getOutputStream().write(1);

            assertThat(here.getInputStream().read()).isEqualTo(1);
            assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(2L * SHORTLY * 1_000_000);
        }
    }

    @Test
    void shouldBreakConnectionsAndLetNewOnesIn() throws IOException {
        try (Socket there = connect("127.0.0.1");
                Socket here = member.accept()) {
            assertPasses(there, here);
            forwarder.drop();
            assertEnds(here.getInputStream());
            assertEnds(there.getInputStream());
        }
        try (Socket there = connect("127.0.0.1");
                Socket here = member.accept()) {
            assertPasses(there, here);
        }
    }

    private Socket connect(String from) throws IOException {
        Endpoint to = forwarder.endpoint();
        return new Socket(to.host(), to.port(), InetAddress.getByName(from), 0);
    }

    private static void assertPasses(Socket from, Socket to) throws IOException {
        from.getOutputStream().write(5);
        assertThat(to.getInputStream().read()).isEqualTo(5);
    }

    private static void assertHearsNothing(Socket socket) throws IOException {
        socket.setSoTimeout(SHORTLY);
        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        socket.setSoTimeout(0);
    }

    private static void assertEnds(InputStream stream) throws IOException {
        try {
            assertThat(stream.read()).isEqualTo(-1);
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }
}
