package org.xenfleet.cluster;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenfleet.cluster.kit.Certificates;

/** What is said of bad files before anybody listens. */
class TlsFilesTest {
    @TempDir
    private Path folder;

    private Certificates authority;
    private TlsFiles good;

    @BeforeEach
    void issue() throws Exception {
        authority = new Certificates(folder, "our-authority");
        good = authority.issue("xenfleet");
    }

    @Test
    void shouldAcceptGoodFiles() {
        assertThatCode(good::check).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseKeysThatPekkoCannotRead() throws Exception {
        TlsFiles elliptic = authority.issue("xenfleet", "EC", Instant.now().plusSeconds(60));

        assertThatThrownBy(elliptic::check)
                .isInstanceOf(NodeRefusal.class)
                .hasMessage(elliptic.key()
                        + " is no private key of RSA in PEM, which it must be: PKCS #8 or PKCS #1, and not"
                        + " encrypted.");
    }

    @Test
    void shouldRefuseACertificateOfAnotherAuthority() throws Exception {
        TlsFiles other = new Certificates(folder, "another").issue("xenfleet");

        assertThatThrownBy(new TlsFiles(good.key(), good.certificate(), other.authority())::check)
                .isInstanceOf(NodeRefusal.class)
                .hasMessage(good.certificate() + " is not signed by the authority in " + other.authority() + ".");
    }

    @Test
    void shouldRefuseTheKeyOfAnotherCertificate() throws Exception {
        TlsFiles second = authority.issue("second");

        assertThatThrownBy(new TlsFiles(second.key(), good.certificate(), good.authority())::check)
                .hasMessage(second.key() + " is not the key of the certificate in " + good.certificate() + ".");
    }

    @Test
    void shouldRefuseWhatHasExpired() throws Exception {
        Instant end = Instant.now().minusSeconds(3600);
        TlsFiles old = authority.issue("xenfleet", "RSA", end);

        assertThatThrownBy(old::check)
                .hasMessage(old.certificate() + " has expired on " + end.truncatedTo(ChronoUnit.SECONDS) + ".");
    }

    @Test
    void shouldRefuseFilesThatAreMissingOrSomethingElse() throws Exception {
        Path missing = folder.resolve("missing.crt");
        Path text = Files.writeString(folder.resolve("text"), "hello");

        assertThatThrownBy(new TlsFiles(good.key(), missing, good.authority())::check)
                .hasMessage(missing + " does not exist.");
        assertThatThrownBy(new TlsFiles(good.key(), text, good.authority())::check)
                .hasMessage(text + " is no certificate in PEM.");
        assertThatThrownBy(new TlsFiles(good.certificate(), good.certificate(), good.authority())::check)
                .hasMessageStartingWith(good.certificate() + " is no private key of RSA in PEM");
        assertThatThrownBy(new TlsFiles(text, good.certificate(), good.authority())::check)
                .hasMessageStartingWith(text + " is no private key of RSA in PEM");
    }
}
