package org.xenfleet.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
    private static final Instant START = Instant.parse("2026-11-23T12:34:56.789Z");
    private static final RunSummary SUMMARY = Reports.summary(List.of(Reports.attacked()));
    private static final Manifest MANIFEST = new Manifest(
            "0.1.0",
            "1",
            "17.0.15 (Debian)",
            "Linux 6.1 amd64",
            List.of("run", "a b.conf"),
            START,
            START.plusSeconds(2),
            "done",
            List.of(new Manifest.Input("a b.conf", "abcd")));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void shouldBeNamedForTheScenarioItsStartAndANumber() throws Exception {
        assertThat(RunDirectory.underRuns(folder.resolve("runs"), "xsa-89", START, () -> 0xff00_beef)
                        .path())
                .isDirectory()
                .isEqualTo(folder.resolve("runs/xsa-89/20261123T123456Z-00beef"));
    }

    @Test
    void shouldTakeAnotherNumberWhenTheFirstIsTaken() throws Exception {
        Iterator<Integer> ids = List.of(1, 1, 2).iterator();
        RunDirectory.underRuns(folder, "s", START, ids::next);

        assertThat(RunDirectory.underRuns(folder, "s", START, ids::next).path()).hasFileName("20261123T123456Z-000002");
    }

    @Test
    void shouldNotLeaveItsPlaceForAScenarioWithAnOddName() throws Exception {
        assertThat(RunDirectory.underRuns(folder, "../x y", START, () -> 0)
                        .path()
                        .getParent())
                .isEqualTo(folder.resolve("_.._x_y"));
    }

    @Test
    void shouldBeUnfinishedUntilTheManifestIsThere() throws Exception {
        RunDirectory run = RunDirectory.at(folder.resolve("out"));
        run.writeScenario("name = s\n");
        assertThat(run.path()).isDirectoryNotContaining("glob:**manifest.json");

        run.finish(SUMMARY, MANIFEST);

        assertThat(run.path().resolve("manifest.json")).hasContent("""
                        {
                          "xenfleet": "0.1.0",
                          "model": "1",
                          "java": "17.0.15 (Debian)",
                          "os": "Linux 6.1 amd64",
                          "command": [
                            "run",
                            "a b.conf"
                          ],
                          "started": "2026-11-23T12:34:56.789Z",
                          "ended": "2026-11-23T12:34:58.789Z",
                          "outcome": "done",
                          "verdict": "none",
                          "partial": false,
                          "scenario": "xsa-89",
                          "seed": 89,
                          "digest": "00ff",
                          "inputs": [
                            {
                              "path": "a b.conf",
                              "sha256": "abcd"
                            }
                          ]
                        }
                        """);
        assertThat(run.path().resolve("scenario.resolved.conf")).hasContent("name = s\n");
        assertThat(run.path().resolve("summary.json")).hasContent(SUMMARY.toJson());
    }

    @Test
    void shouldLeadFromLatestToTheLastFinishedRun() throws Exception {
        RunDirectory first = RunDirectory.underRuns(folder, "s", START, () -> 1);
        first.finish(SUMMARY, MANIFEST);
        RunDirectory second = RunDirectory.underRuns(folder, "s", START, () -> 2);
        assertThat(folder.resolve("s/latest").toRealPath())
                .isEqualTo(first.path().toRealPath());

        second.finish(SUMMARY, MANIFEST);

        assertThat(folder.resolve("s/latest").toRealPath())
                .isEqualTo(second.path().toRealPath());
        assertThat(folder.resolve("s")).isDirectoryNotContaining("glob:**/.latest*");
    }

    @Test
    void shouldKeepEveryHostInTheTables() throws Exception {
        RunDirectory run = RunDirectory.at(folder.resolve("out"));
        run.finish(SUMMARY, MANIFEST);

        assertThat(run.path().resolve("tables/hosts.csv")).hasContent("""
                        host,fate,down_at_ns,longest_pcpu_stall_ns,simulated_ns,events,free_memory_bytes
                        pool-a/0,crashed,1500,900,2000,10,4096
                        """);
        assertThat(run.path().resolve("tables/domains.csv"))
                .content()
                .contains("\npool-a/0,1,victim,hvm,guest,true,8,9,10,500,2000,0.250000,3,1048576,running\n");
        assertThat(run.path().resolve("tables/hypercalls.csv"))
                .content()
                .endsWith("\npool-a/0,victim-dm,set_mem_access,3,1,4,100,800,850,-22:1 0:1\n");
        assertThat(run.path().resolve("tables/incidents.csv"))
                .content()
                .endsWith(
                        "\n1500,pool-a/0,watchdog-panic,pcpu 0,\"stuck, \"\"hard\"\"\",set_mem_access of victim-dm,pcpu 0 spun\n");
        assertThat(run.path().resolve("tables/digests.csv")).hasContent("""
                        host,epochs
                        pool-a/0,0000000000000001 0000000000000002
                        """);
        assertThat(run.path().resolve("tables/pcpus.csv"))
                .content()
                .endsWith("\npool-a/0,0,500,400,300,200,100,900,800\n");
    }

    @Test
    void shouldRefuseAFolderThatHasSomethingInItAndAFile() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThat(RunDirectory.refusal(folder))
                .hasValue(folder + " is not empty; name a folder that does not exist yet or is empty.");
        assertThat(RunDirectory.refusal(file)).isPresent();
        assertThat(RunDirectory.refusal(folder.resolve("new"))).isEmpty();
        assertThat(RunDirectory.refusal(Files.createDirectory(folder.resolve("empty"))))
                .isEmpty();
    }

    @Test
    void shouldSayInASentenceWhyItCannotBeMade() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> RunDirectory.at(file.resolve("out")))
                .isInstanceOf(OutputException.class)
                .hasMessageStartingWith("Cannot write " + file.resolve("out") + ": ")
                .hasMessageEndingWith(".");
    }
}
