package org.xenfleet.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.apache.pekko.cluster.ConfigValidation;
import org.apache.pekko.cluster.JoinConfigCompatChecker;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Lets nobody join who would simulate something else or speak another language: members have the same version of the program
 * and the same ids on the wire. Made by Pekko.
 */
public final class SameBuild extends JoinConfigCompatChecker {
    static final String KEY = "xenfleet.cluster.build";

    /** The version, and a fingerprint of the wire format. */
    static String of(String version, Config settings) {
        Config block = settings.getConfig("pekko-kryo-serialization");
        String wire = block.getString("post-serialization-transformations")
                + block.getConfig("mappings").root().render(ConfigRenderOptions.concise());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(wire.getBytes(StandardCharsets.UTF_8));
            return version + "/" + HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Java has no SHA-256", e);
        }
    }

    @Override
    public Seq<String> requiredKeys() {
        return CollectionConverters.asScala(List.of(KEY)).toSeq();
    }

    @Override
    public ConfigValidation check(Config joining, Config own) {
        return JoinConfigCompatChecker.fullMatch(requiredKeys(), joining, own);
    }
}
