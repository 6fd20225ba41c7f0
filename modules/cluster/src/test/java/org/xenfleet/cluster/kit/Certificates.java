package org.xenfleet.cluster.kit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import org.xenfleet.cluster.TlsFiles;

/** An authority for tests, which signs certificates of keys that it makes. X.509 by hand, as far as it is needed. */
public final class Certificates {
    private static final byte[] ECDSA_WITH_SHA256 = der(0x30, oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
    private static final byte[] COMMON_NAME = oid(0x55, 0x04, 0x03);
    private static final byte[] IS_AUTHORITY = der(
            0x30, oid(0x55, 0x1d, 0x13), der(0x01, new byte[] {-1}), der(0x04, der(0x30, der(0x01, new byte[] {-1}))));
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final String name;
    private final KeyPair keys;
    private final Path own;

    /** @param folder where files go */
    public Certificates(Path folder, String name) throws GeneralSecurityException, IOException {
        this.folder = folder;
        this.name = name;
        this.keys = newKeys("EC");
        this.own = write(
                name + ".ca.crt",
                "CERTIFICATE",
                certificate(name, keys, true, Instant.now().plus(Duration.ofDays(1))));
    }

    /** A key and its certificate, valid for a day. */
    public TlsFiles issue(String subject) throws GeneralSecurityException, IOException {
        return issue(subject, "RSA", Instant.now().plus(Duration.ofDays(1)));
    }

    /** @param algorithm of the key: EC or RSA */
    public TlsFiles issue(String subject, String algorithm, Instant end) throws GeneralSecurityException, IOException {
        KeyPair pair = newKeys(algorithm);
        String file = name + "." + subject + "." + algorithm;
        return new TlsFiles(
                write(file + ".key", "PRIVATE KEY", pair.getPrivate().getEncoded()),
                write(file + ".crt", "CERTIFICATE", certificate(subject, pair, false, end)),
                own);
    }

    private static KeyPair newKeys(String algorithm) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(algorithm.equals("EC") ? 256 : 2048);
        return generator.generateKeyPair();
    }

    private byte[] certificate(String subject, KeyPair pair, boolean authority, Instant end)
            throws GeneralSecurityException {
        byte[] serial = {1, (byte) subject.length(), (byte) subject.hashCode()};
        byte[] content = der(
                0x30,
                der(0xa0, der(0x02, new byte[] {2})),
                der(0x02, serial),
                ECDSA_WITH_SHA256,
                name(name),
                der(0x30, time(Instant.now().minus(Duration.ofDays(2))), time(end)),
                name(subject),
                pair.getPublic().getEncoded(),
                authority ? der(0xa3, der(0x30, IS_AUTHORITY)) : new byte[0]);
        byte[] signature = join(List.of(new byte[] {0}, sign(keys.getPrivate(), content)));
        return der(0x30, content, ECDSA_WITH_SHA256, der(0x03, signature));
    }

    private static byte[] sign(PrivateKey key, byte[] content) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key);
        signature.update(content);
        return signature.sign();
    }

    private static byte[] name(String text) {
        byte[] value = der(0x0c, text.getBytes(StandardCharsets.UTF_8));
        return der(0x30, der(0x31, der(0x30, COMMON_NAME, value)));
    }

    private static byte[] time(Instant instant) {
        return der(0x18, TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] oid(int... bytes) {
        byte[] value = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            value[i] = (byte) bytes[i];
        }
        return der(0x06, value);
    }

    private static byte[] der(int tag, byte[]... parts) {
        byte[] value = join(List.of(parts));
        return join(List.of(new byte[] {(byte) tag}, length(value.length), value));
    }

    private static byte[] length(int bytes) {
        if (bytes < 0x80) {
            return new byte[] {(byte) bytes};
        }
        return bytes < 0x100
                ? new byte[] {(byte) 0x81, (byte) bytes}
                : new byte[] {(byte) 0x82, (byte) (bytes >> 8), (byte) bytes};
    }

    private static byte[] join(List<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }

    private Path write(String file, String kind, byte[] der) throws IOException {
        String text = "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + kind + "-----\n";
        return Files.writeString(folder.resolve(file), text);
    }
}
