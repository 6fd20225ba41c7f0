package org.xenfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.xenfleet.fleet.Progress;

class TerminalTest {

    @Test
    void shouldBelieveTheLauncherBeforeTheConsole() {
        assertThat(Terminal.of(launcher("", ""), Map.of(), true)).isEqualTo(new Terminal(false, false, false, 110));
        assertThat(Terminal.of(launcher("out", "80"), Map.of(), false)).isEqualTo(new Terminal(true, false, true, 80));
        assertThat(Terminal.of(launcher(",err", "9"), Map.of(), true)).isEqualTo(new Terminal(false, true, false, 60));
        assertThat(Terminal.of(new Properties(), Map.of("COLUMNS", "90"), true))
                .isEqualTo(new Terminal(true, true, true, 90));
    }

    @Test
    void shouldNotColourWhereItIsNotWanted() {
        assertThat(Terminal.of(launcher("out,err", ""), Map.of("NO_COLOR", "1"), true)
                        .colour())
                .isFalse();
        assertThat(Terminal.of(launcher("out,err", ""), Map.of("NO_COLOR", ""), true)
                        .colour())
                .isTrue();
    }

    @Test
    void shouldNotRewriteLinesOnADumbTerminal() {
        assertThat(Terminal.of(launcher("out,err", ""), Map.of("TERM", "dumb"), true))
                .isEqualTo(new Terminal(true, false, false, 110));
    }

    @Test
    void shouldShowHostsSimulatedTimeSpeedAndTimeLeft() {
        // 120 of 480 host-seconds in 10 s: a quarter, 12 times real time, 30 s left; 30 s on each of 4 hosts
        Progress progress = new Progress(1, 4, 120_000_000_000L, 480_000_000_000L, 5);

        assertThat(ProgressText.of(progress, Duration.ofSeconds(10), 200))
                .isEqualTo("[#####               ]  25 %  1 of 4 hosts done, 30 s simulated,"
                        + " 12x real time over all hosts, 30 s left");
    }

    @Test
    void shouldNotGuessBeforeAnythingIsKnown() {
        assertThat(ProgressText.of(new Progress(0, 1, 0, 1, 0), Duration.ZERO, 200))
                .isEqualTo("[                    ]   0 %  0 of 1 host done, 0 simulated, 0.0x real time,"
                        + " unknown time left");
        assertThat(ProgressText.of(new Progress(0, 1, 0, 1, 0), Duration.ZERO, 20))
                .hasSize(20);
    }

    private static Properties launcher(String terminals, String columns) {
        Properties properties = new Properties();
        properties.setProperty(Terminal.TERMINALS, terminals);
        properties.setProperty(Terminal.COLUMNS, columns);
        return properties;
    }
}
