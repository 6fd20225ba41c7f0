package org.xenfleet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenfleet.bench.report.Figure;
import org.xenfleet.bench.report.Section;
import org.xenfleet.bench.report.Target;

class BenchCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final StringWriter err = new StringWriter();
    private final List<String> ran = new ArrayList<>();

    @BeforeEach
    void makeDocs() throws Exception {
        Files.createDirectory(home.resolve("docs"));
    }

    private Benchmark of(String name, double figure) {
        return new Benchmark() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Section run(Effort effort) {
                ran.add(name + " " + effort);
                if (figure < 0) {
                    throw new IllegalStateException("the sides differ");
                }
                return new Section(name, "", List.of(Figure.counted("it", figure, Target.atLeast(1, "%.1f"))));
            }
        };
    }

    private int run(Benchmark[] benchmarks, String... args) {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return Main.commandLine(new BenchCommand(stream, home, List.of(benchmarks)))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    private Benchmark[] good() {
        return new Benchmark[] {of("one", 2), of("two", 2)};
    }

    private Path page() {
        return home.resolve("docs/performance.md");
    }

    @Test
    void aFullRunOfEverythingWritesThePage() {
        assertThat(run(good())).isZero();
        assertThat(ran).containsExactly("one FULL", "two FULL");
        assertThat(page()).content().contains("## one", "## two");
    }

    @Test
    void aMissedBoundIsSaidAndEndsWith1() {
        assertThat(run(new Benchmark[] {of("one", 2), of("two", 0.5)})).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Missed: it is 0.5, required is at least 1.0.");
        assertThat(page()).exists();
    }

    @Test
    void aQuickRunJudgesAndWritesNothing() {
        assertThat(run(new Benchmark[] {of("one", 0.5)}, "--quick")).isZero();
        assertThat(ran).containsExactly("one QUICK");
        assertThat(page()).doesNotExist();
    }

    @Test
    void onlySomeWriteNoPage() {
        assertThat(run(good(), "--only", "two")).isZero();
        assertThat(ran).containsExactly("two FULL");
        assertThat(page()).doesNotExist();
    }

    @Test
    void anUnknownNameIsABadCommandLine() {
        assertThat(run(good(), "--only", "three")).isEqualTo(2);
        assertThat(err.toString()).contains("three is no benchmark; there are one, two");
        assertThat(ran).isEmpty();
    }

    @Test
    void sidesThatDidNotDoTheSameAreAnError() {
        assertThat(run(new Benchmark[] {of("one", -1)})).isEqualTo(70);
        assertThat(err.toString()).contains("the sides differ");
        assertThat(page()).doesNotExist();
    }
}
