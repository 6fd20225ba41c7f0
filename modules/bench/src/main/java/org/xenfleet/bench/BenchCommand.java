package org.xenfleet.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.xenfleet.bench.report.Machine;
import org.xenfleet.bench.report.PerformancePage;
import org.xenfleet.bench.report.Section;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the benchmarks, prints what comes out, and writes the page if everything was measured in full. */
@Command(
        name = "xenfleet bench",
        description =
                "Measures Xenfleet side by side with its peers. A full run of everything writes docs/performance.md.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every bound is kept",
            "1:a bound is missed; a quick run only says so",
            "2:bad command line",
            "70:a benchmark failed, or the two sides of a comparison did not do the same work"
        })
final class BenchCommand implements Callable<Integer> {
    private static final String PAGE = "docs/performance.md";
    private static final int MISSED = 1;

    private final PrintStream out;
    private final Path home;
    private final List<Benchmark> benchmarks;

    @Option(
            names = "--quick",
            description = "A short run that only sees to it that everything works; its times mean nothing.")
    private boolean quick;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            description =
                    "Only this one: decisions, memory, outage, scale, keep, loop, phold, fleet or jmh. May be given several times.")
    private Set<String> only = new LinkedHashSet<>();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    BenchCommand(PrintStream out, Path home, List<Benchmark> benchmarks) {
        this.out = out;
        this.home = home;
        this.benchmarks = benchmarks;
    }

    @Override
    public Integer call() throws IOException {
        checkNames();
        Effort effort = quick ? Effort.QUICK : Effort.FULL;
        Machine machine = Machine.here();
        out.println(machine);
        List<Section> sections = new ArrayList<>();
        for (Benchmark benchmark : benchmarks) {
            if (only.isEmpty() || only.contains(benchmark.name())) {
                long start = System.nanoTime();
                Section section = benchmark.run(effort);
                sections.add(section);
                out.printf(
                        "%n%s  (%s, %d s)%n",
                        PerformancePage.text(section).stripTrailing(),
                        benchmark.name(),
                        (System.nanoTime() - start) / 1_000_000_000L);
            }
        }
        out.println();
        if (!quick && only.isEmpty()) {
            write(machine, sections);
        }
        List<String> complaints = PerformancePage.complaints(sections);
        String opening = quick ? "Outside its bound in this quick run, whose times mean nothing: " : "Missed: ";
        complaints.forEach(c -> out.println(opening + c));
        return complaints.isEmpty() || quick ? 0 : MISSED;
    }

    private void checkNames() {
        List<String> known = benchmarks.stream().map(Benchmark::name).toList();
        List<String> unknown = only.stream().filter(n -> !known.contains(n)).toList();
        if (!unknown.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    unknown.stream().collect(Collectors.joining(", ")) + " is no benchmark; there are "
                            + String.join(", ", known));
        }
    }

    private void write(Machine machine, List<Section> sections) throws IOException {
        Path page = home.resolve(PAGE);
        String before = Files.exists(page) ? Files.readString(page) : "";
        Files.writeString(page, PerformancePage.render(before, machine, "./xenfleet bench", sections));
        out.println("Written: " + PAGE);
    }
}
