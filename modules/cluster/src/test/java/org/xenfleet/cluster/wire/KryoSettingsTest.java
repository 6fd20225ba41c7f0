package org.xenfleet.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KryoSettingsTest {

    @Test
    void shouldReadTheKeysOfAltoo() {
        KryoSettings settings = settings(
                "queue-size-limit = 3",
                "buffer-size = 128",
                "max-buffer-size = 2 KiB",
                "post-serialization-transformations = deflate",
                "kryo-initializer = a.B",
                "mappings { \"a.b.C$D\" = 21, a.b.E = 20 }");

        assertThat(settings.names())
                .containsOnlyKeys(20, 21)
                .containsEntry(20, "a.b.E")
                .containsEntry(21, "a.b.C$D");
        assertThat(settings.queueSizeLimit()).isEqualTo(3);
        assertThat(settings.bufferSize()).isEqualTo(128);
        assertThat(settings.maxBufferSize()).isEqualTo(2048);
        assertThat(settings.deflate()).isTrue();
        assertThat(settings.initializer()).isEqualTo("a.B");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            id-strategy = default                         | id-strategy is 'default', and only 'explicit' is supported
            id-strategy = incremental                     | id-strategy is 'incremental', and only 'explicit' is supported
            type = graph                                  | type is not supported: messages are trees
            use-unsafe = true                             | use-unsafe is not supported: buffers are plain arrays
            classes = [a.B]                               | classes is not supported: ids stand in mappings
            encryption.aes.password = x                   | encryption is not supported: connections that leave the machine
            kryo-trace = true                             | kryo-trace is not supported
            post-serialization-transformations = lz4      | is 'lz4', and only 'off' and 'deflate' are supported
            post-serialization-transformations = "deflate,aes" | is 'deflate,aes', and only 'off' and 'deflate'
            queue-size-limit = 0                          | queue-size-limit is 0, and at least 1 is needed
            buffer-size = 8                               | buffer-size is 8 bytes, and 64 to 1 GiB are supported
            max-buffer-size = -1                          | max-buffer-size is -1
            max-buffer-size = 100                         | max-buffer-size is 100 bytes, and 4096 to 1 GiB are supported
            mappings."a.B" = 19                           | the id of a.B in pekko-kryo-serialization.mappings is 19, which must be 20 or more
            mappings."a.B" = x                            | the id of a.B in pekko-kryo-serialization.mappings is x, which must be a whole number
            mappings { "a.B" = 20, "a.C" = 20 }           | the id of a.C in pekko-kryo-serialization.mappings is 20, which is already the id of a.B
            """)
    void shouldRefuseWhatItHasNot(String line, String sentence) {
        assertThatThrownBy(() -> settings(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence)
                .hasMessageContaining("node.conf: 1: ");
    }

    private static KryoSettings settings(String... lines) {
        Config changes = ConfigFactory.parseString(
                String.join("\n", lines),
                com.typesafe.config.ConfigParseOptions.defaults().setOriginDescription("node.conf"));
        return KryoSettings.of(changes.withFallback(
                ConfigFactory.parseResources("org/xenfleet/cluster/wire.conf").getConfig(KryoSettings.PATH)));
    }
}
