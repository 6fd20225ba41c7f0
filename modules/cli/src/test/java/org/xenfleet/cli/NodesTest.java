package org.xenfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs in processes of their own, on one and on several nodes. */
class NodesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path scenario;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("web.cfg"), "name = \"web\"\ntype = \"hvm\"\nmemory = 256\n");
        scenario = Files.writeString(folder.resolve("fleet.conf"), """
                name = fleet, seed = 4, duration = 3s
                workloads.web { kind = periodic, burst = 1ms, period = 10ms }
                hosts.h {
                  cpus = 2, memory = 4GiB, xen { version = "4.4.0" }, dom0 { vcpus = 1, memory = 1GiB }
                  domains.web { xl = web.cfg, workload = web }
                }
                pools.p { host = h, count = 4, copies = 3, channel.heartbeat { period = 500ms } }
                pools.q { host = h, count = 6 }
                """);
    }

    private String run(List<String> options, Path output) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xlog:class+load:file=" + output + ".classes", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(Main.class.getName());
        command.addAll(List.of("run", scenario.toString(), "--output", output.toString(), "--shard-hosts", "2"));
        command.addAll(options);
        Path err = Path.of(output + ".err");
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(err.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(err)).isZero();
        return Files.readString(err);
    }

    @Test
    void shouldComeToTheSameOnThreeNodesAndLoadNothingOfTheClusterOnOne() throws Exception {
        Path alone = folder.resolve("alone");
        Path spread = folder.resolve("spread");

        run(List.of(), alone);
        String said = run(List.of("--nodes", "3"), spread);

        assertThat(spread.resolve("summary.json")).hasSameTextualContentAs(alone.resolve("summary.json"));
        assertThat(Files.readString(Path.of(alone + ".classes")))
                .contains("org.xenfleet.fleet.")
                .doesNotContain("org.xenfleet.cluster.", "com.esotericsoftware.kryo");
        assertThat(Files.readString(Path.of(spread + ".classes"))).contains("org.xenfleet.cluster.");
        assertThat(said)
                .contains("node 1 simulated 6 hosts (33 %)", "node 2 simulated 6 hosts", "node 3 simulated 6 hosts")
                .contains("in a simulated second of a pool; workers waited for them");
    }
}
