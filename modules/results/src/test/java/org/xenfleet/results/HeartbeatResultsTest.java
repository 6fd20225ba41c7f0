package org.xenfleet.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenfleet.observe.HostReport;
import org.xenfleet.observe.HostReport.Heartbeats;

class HeartbeatResultsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static HostReport meeting() {
        HostReport alone = Reports.healthy("meet/0");
        return new HostReport(
                alone.name(),
                alone.fate(),
                alone.simulatedNs(),
                alone.downAtNs(),
                alone.events(),
                alone.epochDigests(),
                alone.pcpus(),
                alone.domains(),
                alone.hypercalls(),
                alone.incidents(),
                alone.freeMemoryBytes(),
                Optional.of(new Heartbeats(20, 1, 18, 2, 3_000, 4_000, 5, 6)));
    }

    @Test
    void shouldSayWhatAHostHeardOfTheOthers() {
        assertThat(Reports.summary(List.of(meeting())).toJson()).contains("""
                      "heartbeats": {
                        "sent": 20,
                        "lost_on_the_way": 1,
                        "received": 18,
                        "skipped": 2,
                        "longest_delay_ns": 3000,
                        "longest_silence_ns": 4000,
                        "peers_lost": 5,
                        "losses": 6
                      }
                """);
    }

    @Test
    void shouldHaveATableOfTheHostsThatMeet() throws Exception {
        Tables.write(folder, Reports.summary(List.of(Reports.healthy("alone/0"), meeting())));

        assertThat(Files.readString(folder.resolve("heartbeats.csv"))).isEqualTo("""
                        host,sent,lost_on_the_way,received,skipped,longest_delay_ns,longest_silence_ns,peers_lost,losses
                        meet/0,20,1,18,2,3000,4000,5,6
                        """);
    }

    @Test
    void shouldSayNothingWhereNobodyMeets() throws Exception {
        RunSummary summary = Reports.summary(List.of(Reports.healthy("alone/0")));
        Tables.write(folder, summary);

        assertThat(summary.toJson()).doesNotContain("heartbeat");
        assertThat(folder.resolve("heartbeats.csv")).doesNotExist();
    }
}
