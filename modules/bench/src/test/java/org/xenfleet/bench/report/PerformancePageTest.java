package org.xenfleet.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.xenfleet.bench.measure.Samples;

class PerformancePageTest {
    private static final Machine MACHINE =
            new Machine("Some CPU", 2, 24L << 30, "Some JDK 17", "Old Gen, at most 1 MiB");
    private static final Target TEN_TIMES = Target.atLeast(10, "%.1f").goal(20);
    private static final Section SECTION = new Section(
            "Fleet",
            "Ours against theirs.",
            List.of(
                    Figure.stated("hosts", "%,d", 1000),
                    Figure.timed("met", new Samples(25, 21, 30), TEN_TIMES),
                    Figure.timed("half met", new Samples(12), TEN_TIMES),
                    Figure.timed("slow", new Samples(9.96), TEN_TIMES),
                    Figure.counted("messages", 4, Target.atMost(3, "%.2f")),
                    Figure.counted("exact", 3, Target.atMost(3, "%.2f"))));

    private static String render(String before) {
        return PerformancePage.render(before, MACHINE, "./xenfleet bench", List.of(SECTION));
    }

    @Test
    void showsMachineCommandAndEveryFigureWithItsStanding() {
        assertThat(render(""))
                .contains(
                        "- Command: `./xenfleet bench`",
                        "- Machine: Some CPU, 2 cores, 24 GiB of memory; Some JDK 17; heap Old Gen, at most 1 MiB",
                        "## Fleet\n\nOurs against theirs.\n",
                        "| hosts | 1,000 |  |  |  |",
                        "| met | 25.0 (21.0 to 30.0) | at least 10.0 | at least 20.0 | reached |",
                        "| half met | 12.0 (one run) | at least 10.0 | at least 20.0 | reached, goal not |",
                        "| slow | 10.0 (one run) | at least 10.0 | at least 20.0 | **missed** |",
                        "| messages | 4.00 | at most 3.00 |  | **missed** |",
                        "| exact | 3.00 | at most 3.00 |  | reached |");
    }

    @Test
    void keepsWhatSomebodyWroteBetweenTheMarks() {
        String written = render("").replace("Nothing has been written here yet.", "Pekko's mailbox.\n\n- and more");

        String again = render(written);

        assertThat(again).contains(PerformancePage.BEGIN + "\nPekko's mailbox.\n\n- and more\n" + PerformancePage.END);
        assertThat(render(again)).isEqualTo(again);
    }

    @Test
    void refusesToLoseAPageWithoutMarks() {
        assertThatThrownBy(() -> render("by hand"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(PerformancePage.BEGIN);
        assertThatThrownBy(() -> render(PerformancePage.END + "by hand" + PerformancePage.BEGIN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysASentenceForEachMissedBoundAndForNoOther() {
        assertThat(PerformancePage.complaints(List.of(SECTION)))
                .containsExactly(
                        "slow is 10.0 (one run), required is at least 10.0.",
                        "messages is 4.00, required is at most 3.00.");
    }

    @Test
    void showsTheSameOnATerminal() {
        assertThat(PerformancePage.text(SECTION))
                .startsWith("Fleet\n")
                .contains("met       25.0 (21.0 to 30.0)   [at least 10.0, goal at least 20.0: reached]\n")
                .contains("messages  4.00   [at most 3.00: missed]\n")
                .contains("hosts     1,000\n");
    }

    @Test
    void thisMachineIsDescribedWithoutItsNameOrItsFolders() {
        Machine here = Machine.here();

        assertThat(here.processors()).isPositive();
        assertThat(here.memoryBytes()).isGreaterThan(1L << 28);
        assertThat(here.toString()).doesNotContain(System.getProperty("user.dir"), System.getProperty("java.home"));
    }
}
