package org.xenfleet.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.xenfleet.host.plan.HostPlan;
import org.xenfleet.host.plan.HostPlanner;
import org.xenfleet.observe.HostReport;
import org.xenfleet.scenario.Scenario;
import org.xenfleet.scenario.ScenarioException;
import org.xenfleet.scenario.ScenarioLoader;
import org.xenfleet.timeline.StandAlone;

/** A host described as its user would, in a folder of its own, run in this thread. */
public final class TestHost {
    /** What came out of a run. */
    public record Outcome(HostReport report, Recorder seen) {
        public HostReport.Domain domain(String name) {
            return report.domains().stream()
                    .filter(d -> d.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }

        public HostReport.Hypercall call() {
            return report.hypercalls().get(0);
        }

        public HostReport.Pcpu cpu(int id) {
            return report.pcpus().get(id);
        }
    }

    private final Path folder;
    private final String file;
    private final List<String> settings = new ArrayList<>();

    private TestHost(Path folder, String file) {
        this.folder = folder;
        this.file = file;
    }

    /** The first kind of host of a scenario of {@code config/}. */
    public static TestHost shipped(String file) {
        return new TestHost(Path.of("..", "..", "config"), file);
    }

    /** {@code body} is what stands inside {@code hosts.h}; {@code rest} is the rest of the scenario. */
    public static TestHost in(Path folder, String duration, String body, String rest) {
        TestHost host = new TestHost(folder, "scenario.conf");
        host.write("scenario.conf", """
                name = test, seed = 1, duration = %s
                hosts { h { memory = 64GiB } }
                hosts { h { %s } }
                pools { p { host = h } }
                %s
                """.formatted(duration, body, rest));
        return host;
    }

    public TestHost xl(String file, String content) {
        write(file, content);
        return this;
    }

    public TestHost set(String setting) {
        settings.add(setting);
        return this;
    }

    private void write(String file, String content) {
        try {
            Files.writeString(folder.resolve(file), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Scenario scenario() {
        try {
            return ScenarioLoader.load(folder.resolve(file), settings, OptionalLong.empty(), OptionalLong.empty())
                    .scenario();
        } catch (ScenarioException e) {
            throw new IllegalArgumentException(e.problems().toString(), e);
        }
    }

    HostPlan plan() {
        Scenario scenario = scenario();
        return HostPlanner.of(scenario.hosts().values().iterator().next())
                .plan("p/0", scenario.costs(), scenario.seed());
    }

    public Outcome run() {
        return run(simulation -> {});
    }

    /** Runs to the end; {@code prepare} may listen or inject faults first. */
    Outcome run(Consumer<HostSimulation> prepare) {
        long duration = scenario().durationNs();
        return with((simulation, seen) -> {
            prepare.accept(simulation);
            simulation.boot();
            simulation.advance(duration, Long.MAX_VALUE);
            return new Outcome(simulation.finish(), seen);
        });
    }

    /** Runs to the end with every tick and slice end an event. */
    Outcome runWithEveryTimerReal() {
        HostPlan plan = plan();
        long duration = scenario().durationNs();
        Recorder seen = new Recorder();
        return StandAlone.call(context -> {
            HostSimulation simulation = HostSimulation.build(context, plan, seen, true);
            simulation.boot();
            simulation.advance(duration, Long.MAX_VALUE);
            return new Outcome(simulation.finish(), seen);
        });
    }

    /** Builds the host, not booted, and hands it over. */
    <T> T with(BiFunction<HostSimulation, Recorder, T> body) {
        HostPlan plan = plan();
        Recorder seen = new Recorder();
        return StandAlone.call(context -> body.apply(HostSimulation.build(context, plan, seen), seen));
    }
}
