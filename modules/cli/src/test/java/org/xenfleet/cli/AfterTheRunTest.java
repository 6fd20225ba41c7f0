package org.xenfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be done with the directory of a run: replay it, resume it, branch from it. */
class AfterTheRunTest {
    private static final Pattern DIGEST = Pattern.compile("\"digest\": \"([0-9a-f]{64})\"");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path trunk;

    private final Captured captured = new Captured();

    @BeforeEach
    void run() throws IOException {
        Files.writeString(folder.resolve("web.cfg"), "name = \"web\"\ntype = \"hvm\"\nmemory = 256\n");
        Path scenario = Files.writeString(folder.resolve("small.conf"), """
                name = small, seed = 4, duration = 4s
                workloads.web { kind = periodic, burst = 1ms, period = 10ms }
                hosts.h {
                  cpus = 2, memory = 4GiB, xen { version = "4.4.0" }, dom0 { vcpus = 1, memory = 1GiB }
                  domains.web { xl = web.cfg, workload = web }
                }
                pools.p { host = h, count = 2, channel.heartbeat { period = 500ms } }
                """);
        trunk = folder.resolve("trunk");
        assertThat(captured.run("run", scenario.toString(), "--output", trunk.toString(), "--quiet"))
                .as(captured.err())
                .isZero();
    }

    private static String digest(Path run) throws IOException {
        Matcher matcher = DIGEST.matcher(Files.readString(run.resolve("summary.json")));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private void change(String file, String from, String to) throws IOException {
        String before = Files.readString(trunk.resolve(file));
        assertThat(before).contains(from);
        Files.writeString(trunk.resolve(file), before.replace(from, to));
    }

    @Test
    void shouldComeToTheSameWhenReplayed() throws Exception {
        assertThat(captured.run("replay", trunk.toString())).isZero();
        assertThat(captured.out()).isEqualTo("The same comes out: digest " + digest(trunk) + ", 2 hosts.\n");
    }

    /** One ns more of a cost from the beginning on: the first epoch already differs, on both hosts, of which p/0 is the first. */
    @Test
    void shouldNameTheEpochTheHostAndTheFieldInWhichAReplayDiffers() throws Exception {
        change("scenario.resolved.conf", "\"context-switch\": \"3us\"", "\"context-switch\": \"3001ns\"");

        assertThat(captured.run("replay", trunk.toString())).isEqualTo(4);
        assertThat(captured.out())
                .startsWith("The replay differs first in epoch 0, the simulated second that ends at 1 s, on host p/0: ")
                .containsPattern("[a-z0-9 -]+, [a-z0-9 .\\[\\]-]+: recorded \\S+, found \\S+");
    }

    @Test
    void shouldNoticeADigestThatWasChanged() throws Exception {
        String line = Files.readAllLines(trunk.resolve("tables/digests.csv")).get(2);
        String third = line.split(",")[1].split(" ")[2];
        change("tables/digests.csv", third, "0123456789abcdef");

        assertThat(captured.run("replay", trunk.toString())).isEqualTo(4);
        assertThat(captured.out()).contains("epoch 2", "on host p/1", "the digest was changed");
    }

    @Test
    void shouldNoticeASummaryThatWasChanged() throws Exception {
        change("summary.json", "\"healthy\": 2", "\"healthy\": 3");

        assertThat(captured.run("replay", trunk.toString())).isEqualTo(4);
        assertThat(captured.out()).contains("summary.json is not what comes out");
    }

    @Test
    void shouldHaveItsParentsDigestWhenNothingIsChanged() throws Exception {
        Path branch = folder.resolve("branch");

        assertThat(captured.run("run", "--from", trunk + "@2s", "--output", branch.toString(), "--quiet"))
                .as(captured.err())
                .isZero();

        assertThat(digest(branch)).isEqualTo(digest(trunk));
        assertThat(branch.resolve("summary.json")).hasSameTextualContentAs(trunk.resolve("summary.json"));
    }

    /** The guest is busy a tenth of the time for 2 s, and half of it for 2 more: 0.2 s and 1 s. */
    @Test
    void shouldGoOnWithAChangeFromTheInstantOn() throws Exception {
        Path branch = folder.resolve("branch");

        assertThat(captured.run(
                        "run",
                        "--from",
                        trunk + "@2s",
                        "--set",
                        "workloads.web.burst=5ms",
                        "--output",
                        branch.toString(),
                        "--quiet"))
                .as(captured.err())
                .isZero();

        Matcher cpu = Pattern.compile("\"name\": \"web\",.*?\"cpu_ns\": ([0-9]+)", Pattern.DOTALL)
                .matcher(Files.readString(branch.resolve("summary.json")));
        assertThat(cpu.find()).isTrue();
        assertThat(Long.parseLong(cpu.group(1))).isBetween(1_190_000_000L, 1_220_000_000L);
        assertThat(branch.resolve("run.json")).content().contains("\"at_ns\": 2000000000");
    }

    @Test
    void shouldSimulateWhatIsMissingWhereNoStatesWereKept() throws Exception {
        Path bare = folder.resolve("bare");
        Path branch = folder.resolve("branch");
        captured.run(
                "run",
                folder.resolve("small.conf").toString(),
                "--output",
                bare.toString(),
                "--quiet",
                "--record",
                "digests");
        assertThat(bare.resolve("checkpoints")).doesNotExist();

        assertThat(captured.run("run", "--from", bare + "@3s", "--output", branch.toString(), "--quiet"))
                .as(captured.err())
                .isZero();

        assertThat(digest(branch)).isEqualTo(digest(trunk));
    }

    @Test
    void shouldRefuseAChangeThatCannotBeMadeThereAndWriteNothing() {
        Path branch = folder.resolve("branch");

        assertThat(captured.run(
                        "run", "--from", trunk + "@2s", "--set", "hosts.h.cpus=4", "--output", branch.toString()))
                .isEqualTo(2);

        assertThat(captured.err()).contains("hosts.h.cpus: 2 in the run, 4 here");
        assertThat(branch).doesNotExist();
    }

    @Test
    void shouldRefuseAnInstantThatIsNone() {
        assertThat(captured.run("run", "--from", trunk + "@4s")).isEqualTo(2);
        assertThat(captured.err())
                .contains("--from: 4 s is no instant to branch at; possible are whole seconds from 1s to 3s");
    }

    @Test
    void shouldFinishARunWhoseProcessDied() throws Exception {
        String before = Files.readString(trunk.resolve("summary.json"));
        for (String written : new String[] {"manifest.json", "summary.json"}) {
            Files.delete(trunk.resolve(written));
        }

        assertThat(captured.run("resume", trunk.toString(), "--quiet"))
                .as(captured.err())
                .isZero();

        assertThat(trunk.resolve("summary.json")).content().isEqualTo(before);
        assertThat(trunk.resolve("manifest.json")).exists();
    }

    @Test
    void shouldRefuseToResumeWhatIsFinishedOrNoRun() {
        assertThat(captured.run("resume", trunk.toString())).isEqualTo(2);
        assertThat(captured.err()).contains("is finished: it has a manifest.json");
        assertThat(captured.run("resume", folder.toString())).isEqualTo(2);
        assertThat(captured.err()).contains(folder + " is not the directory of a run: it has no run.json.");
    }

    @Test
    void shouldRefuseToReplayWhatIsUnfinished() throws Exception {
        Files.delete(trunk.resolve("manifest.json"));

        assertThat(captured.run("replay", trunk.toString())).isEqualTo(2);
        assertThat(captured.err()).contains("xenfleet resume " + trunk + " finishes it");
    }
}
