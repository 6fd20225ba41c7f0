package org.xenfleet.fleet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.xenfleet.results.ReportList;

/**
 * The digest of a run: SHA-256 over its hosts in the order of their names ({@link String#compareTo}), each as its name in
 * UTF-8, a zero byte, and its epoch digests as eight bytes each, highest first.
 */
final class RunDigest {

    private RunDigest() {}

    /** 64 lower-case hex digits. */
    static String of(ReportList reports) {
        MessageDigest sha = sha256();
        reports.forEach(host -> {
            sha.update(host.name().getBytes(StandardCharsets.UTF_8));
            sha.update((byte) 0);
            ByteBuffer epochs =
                    ByteBuffer.allocate(Long.BYTES * host.epochDigests().size());
            host.epochDigests().forEach(epochs::putLong);
            sha.update(epochs.array());
        });
        return HexFormat.of().formatHex(sha.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
