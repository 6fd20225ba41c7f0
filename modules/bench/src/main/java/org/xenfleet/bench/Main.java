package org.xenfleet.bench;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.xenfleet.bench.decisions.DecisionsBenchmark;
import org.xenfleet.bench.fleet.FleetBenchmark;
import org.xenfleet.bench.jmh.JmhBenchmark;
import org.xenfleet.bench.keep.KeepBenchmark;
import org.xenfleet.bench.loop.LoopBenchmark;
import org.xenfleet.bench.memory.MemoryBenchmark;
import org.xenfleet.bench.outage.OutageBenchmark;
import org.xenfleet.bench.phold.PholdBenchmark;
import org.xenfleet.bench.scale.ScaleBenchmark;
import org.xenfleet.bench.soak.SoakCommand;
import picocli.CommandLine;

/** What {@code ./xenfleet bench} runs. */
public final class Main {
    private static final int INTERNAL_ERROR = 70;
    private static final String HOME = "xenfleet.home";

    private Main() {}

    public static void main(String[] args) {
        // CloudSim Plus brings a logback.xml of its own, which says everything.
        System.setProperty("logback.configurationFile", "bench-logback.xml");
        LoggerFactory.getILoggerFactory(); // before two actor systems start to log at once
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Path home = Path.of(System.getProperty(HOME, ""));
        CommandLine line = commandLine(new BenchCommand(out, home, benchmarks(home)));
        System.exit(line.addSubcommand(new SoakCommand(out, home)).execute(args));
    }

    private static List<Benchmark> benchmarks(Path home) {
        return List.of(
                new DecisionsBenchmark(home),
                new MemoryBenchmark(),
                new OutageBenchmark(),
                new ScaleBenchmark(home),
                new KeepBenchmark(home),
                new LoopBenchmark(),
                new PholdBenchmark(),
                new FleetBenchmark(),
                new JmhBenchmark());
    }

    static CommandLine commandLine(BenchCommand command) {
        return new CommandLine(command).setExecutionExceptionHandler((e, line, parsed) -> {
            line.getErr().println("xenfleet bench: " + e.getMessage());
            if (System.getenv("XENFLEET_DEBUG") != null) {
                e.printStackTrace(line.getErr());
            }
            return INTERNAL_ERROR;
        });
    }
}
