package org.xenfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes on other machines cannot read a folder of this one: that is said before anything else is done. */
class ClusterStoreTest {
    private static final String SENTENCE =
            "may be on other machines, which cannot read checkpoints in a folder of this one."
                    + " Say a store that all of them reach: --store 'jdbc:postgresql://HOST/DATABASE?user=NAME'.";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path scenario;

    private final Captured captured = new Captured();

    @BeforeEach
    void write() throws Exception {
        scenario = Files.writeString(folder.resolve("small.conf"), """
                name = small, duration = 1s
                hosts.h { cpus = 2, memory = 4GiB, xen { version = "4.4.0" }, dom0 { vcpus = 1, memory = 1GiB } }
                pools.p { host = h, count = 1 }
                """);
    }

    private int run(String words) {
        String command = "run " + scenario + " --output " + folder.resolve("out") + " "
                + words.replace("FOLDER", folder + "/store");
        return captured.run(command.split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--cluster 192.0.2.1:25520",
                "--cluster 192.0.2.1:25520 --store FOLDER",
                "--cluster 127.0.0.1:25520 --bind 192.0.2.2 --insecure"
            })
    void shouldRefuseAFolderWhereNodesMayBeElsewhere(String words) {
        assertThat(run(words)).isEqualTo(2);
        assertThat(captured.err())
                .startsWith("error: --store: Nodes of the cluster with ")
                .contains(SENTENCE);
        assertThat(captured.out()).isEmpty();
        assertThat(folder.resolve("out")).doesNotExist();
        assertThat(folder.resolve("store")).doesNotExist();
    }

    @Test
    void shouldNameAHostThatIsNotThere() {
        assertThat(run("--cluster no.such.host.invalid:1")).isEqualTo(2);
        assertThat(captured.err()).isEqualTo("error: --store: There is no host 'no.such.host.invalid'.\n");
    }

    @Test
    void shouldRefuseToResumeThereWhatLiesInAFolder() throws Exception {
        Path run = folder.resolve("out");
        assertThat(run("--quiet")).isZero();
        Files.delete(run.resolve("manifest.json"));

        assertThat(captured.run("resume", run.toString(), "--cluster", "192.0.2.1:25520"))
                .isEqualTo(2);
        assertThat(captured.err()).contains(SENTENCE);
        assertThat(run.resolve("manifest.json")).doesNotExist();
    }
}
