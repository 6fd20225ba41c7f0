package org.xenfleet.bench.jmh;

import java.util.Collection;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.xenfleet.bench.Benchmark;
import org.xenfleet.bench.Effort;
import org.xenfleet.bench.report.Figure;
import org.xenfleet.bench.report.Section;

/** Runs the JMH benchmarks of this package, each in a Java machine of its own. */
public final class JmhBenchmark implements Benchmark {
    @Override
    public String name() {
        return "jmh";
    }

    @Override
    public Section run(Effort effort) {
        return new Section(
                "The timeline and the credit scheduler under JMH",
                """
                Average ns of an operation with JMH's 99.9 %% interval, %d iterations of %d ms after %d of warm-up in a Java machine of its own. The \
                timeline holds as many entries as given all the time. The scheduler has all its vCPUs runnable and does its accounting once in 30 \
                simulated ms, whose share is in the figures.""".formatted(iterations(effort), time(effort), effort.of(5, 1)),
                results(effort).stream().map(JmhBenchmark::figure).toList());
    }

    private static int iterations(Effort effort) {
        return effort.of(7, 1);
    }

    private static int time(Effort effort) {
        return effort.of(1000, 50);
    }

    private static Collection<RunResult> results(Effort effort) {
        TimeValue time = TimeValue.milliseconds(time(effort));
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(TimelineJmh.class.getName() + ".*")
                .include(CreditJmh.class.getName() + ".*")
                .forks(effort.of(1, 0))
                .warmupIterations(effort.of(5, 1))
                .measurementIterations(iterations(effort))
                .warmupTime(time)
                .measurementTime(time)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        try {
            return new Runner(options.build()).run();
        } catch (RunnerException e) {
            throw new IllegalStateException("JMH: " + e.getMessage(), e);
        }
    }

    private static Figure figure(RunResult run) {
        BenchmarkParams params = run.getParams();
        String method = params.getBenchmark();
        String name = method.substring(method.lastIndexOf('.', method.lastIndexOf('.') - 1) + 1)
                .replace("Jmh", "");
        String with = params.getParamsKeys().stream().map(params::getParam).collect(Collectors.joining(", "));
        Result<?> result = run.getPrimaryResult();
        double error = result.getScoreError();
        return Double.isNaN(error)
                ? Figure.stated(name + ", " + with, "%.1f ns", result.getScore())
                : Figure.stated(name + ", " + with, "%.1f ns ± %.1f", result.getScore(), error);
    }
}
