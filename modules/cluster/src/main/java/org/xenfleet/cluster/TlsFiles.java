package org.xenfleet.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import org.apache.pekko.pki.pem.DERPrivateKeyLoader;
import org.apache.pekko.pki.pem.PEMDecoder;

/**
 * What a node proves itself with, and whom it believes; three PEM files. Both sides of a connection must have a certificate
 * of the authority, and the two must have a name in common: a common name, or an alternative one, that all members of the
 * cluster share.
 *
 * @param key the private key, of RSA and not encrypted: PKCS #8 or PKCS #1. Pekko reads no other
 * @param certificate the certificate of that key, signed by the authority itself
 * @param authority the certificate of the authority
 */
public record TlsFiles(Path key, Path certificate, Path authority) {
    /**
     * Looks at the files before anybody listens, since later a bad one would only show in connections that fail.
     *
     * @throws NodeRefusal with a sentence that names the file
     */
    void check() throws NodeRefusal {
        X509Certificate own = readCertificate(certificate);
        X509Certificate issuer = readCertificate(authority);
        checkDates(certificate, own);
        checkDates(authority, issuer);
        try {
            own.verify(issuer.getPublicKey());
        } catch (GeneralSecurityException e) {
            throw new NodeRefusal(certificate + " is not signed by the authority in " + authority + ".", e);
        }
        if (!belongTogether(readKey(), own.getPublicKey())) {
            throw new NodeRefusal(key + " is not the key of the certificate in " + certificate + ".");
        }
    }

    private static X509Certificate readCertificate(Path file) throws NodeRefusal {
        try (InputStream in = Files.newInputStream(file)) {
            Certificate read = CertificateFactory.getInstance("X.509").generateCertificate(in);
            return (X509Certificate) read;
        } catch (IOException e) {
            throw unreadable(file, e);
        } catch (CertificateException e) {
            throw new NodeRefusal(file + " is no certificate in PEM.", e);
        }
    }

    private RSAPrivateKey readKey() throws NodeRefusal {
        String pem;
        try {
            pem = Files.readString(key, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw unreadable(key, e);
        }
        try {
            PrivateKey read = DERPrivateKeyLoader.load(PEMDecoder.decode(pem));
            if (read instanceof RSAPrivateKey rsa) {
                return rsa;
            }
            throw new NodeRefusal(key + " is a key of " + read.getAlgorithm() + ", and only RSA is supported.");
        } catch (Exception e) { // whatever Pekko's loader finds in it, without declaring it
            throw e instanceof NodeRefusal refusal ? refusal : notAKey(e);
        }
    }

    private NodeRefusal notAKey(Exception e) {
        return new NodeRefusal(
                key + " is no private key of RSA in PEM, which it must be: PKCS #8 or PKCS #1, and not encrypted.", e);
    }

    private static NodeRefusal unreadable(Path file, IOException e) {
        String why = Files.exists(file) ? "cannot be read: " + e.getMessage() : "does not exist";
        return new NodeRefusal(file + " " + why + ".", e);
    }

    private static void checkDates(Path file, X509Certificate certificate) throws NodeRefusal {
        try {
            certificate.checkValidity();
        } catch (CertificateExpiredException e) {
            throw new NodeRefusal(
                    file + " has expired on " + certificate.getNotAfter().toInstant() + ".", e);
        } catch (CertificateNotYetValidException e) {
            throw new NodeRefusal(
                    file + " is valid from " + certificate.getNotBefore().toInstant() + " on.", e);
        }
    }

    private static boolean belongTogether(RSAPrivateKey secret, PublicKey known) {
        return known instanceof RSAPublicKey rsa && rsa.getModulus().equals(secret.getModulus());
    }
}
