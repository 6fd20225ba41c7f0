package org.xenfleet.bench.decisions;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.xenfleet.bench.Benchmark;
import org.xenfleet.bench.Effort;
import org.xenfleet.bench.report.Figure;
import org.xenfleet.bench.report.Section;
import org.xenfleet.bench.report.Target;
import org.xenfleet.bench.scenario.Scenarios;
import org.xenfleet.host.HostSimulation;
import org.xenfleet.host.plan.HostPlan;
import org.xenfleet.observe.HostObserver;
import org.xenfleet.timeline.StandAlone;

/** Counts what a scheduling decision takes, and what ticks that change nothing take. Nothing is timed. */
public final class DecisionsBenchmark implements Benchmark {
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLISECOND = 1_000_000L;
    private static final int MESSAGES_A_DECISION = 3;

    /** The attack of the shipped scenario begins at 10 s. */
    private static final int QUIET_SECONDS = 8;

    private final Path home;

    /** {@code home}: the folder with the shipped scenarios in {@code config}. */
    public DecisionsBenchmark(Path home) {
        this.home = home;
    }

    @Override
    public String name() {
        return "decisions";
    }

    @Override
    public Section run(Effort effort) {
        int seconds = effort.of(30, 2);
        int ticksMs = effort.of(2000, 150);
        List<Figure> figures = new ArrayList<>();
        count("24 busy vCPUs on 16 pCPUs", Scenarios.plan(Scenarios.busy(1, 1, ""), "p/0"), seconds, ticksMs, figures);
        count("24 periodic vCPUs on 16 pCPUs", Scenarios.plan(Scenarios.periodic(1), "p/0"), seconds, ticksMs, figures);
        count(
                "shipped xsa-89 before the attack",
                shipped("xsa-89"),
                Math.min(seconds, QUIET_SECONDS),
                ticksMs,
                figures);
        count("shipped xsa-89-fixed", shipped("xsa-89-fixed"), seconds, ticksMs, figures);
        return new Section("Messages", """
                Deliveries to actors in %d simulated s (%d before the attack, which crashes the host). A decision is one `Schedule` answered by `Run`; its messages are these two, the poke that \
                asked for it, and the interrupt or the end of a wake-up that a pCPU reschedules in. What guests do (wake, ask, block) is not the \
                scheduler's. A tick changes nothing if schedulers, domains and hypervisor are the same before and after it, but for credit \
                charged; the ticks are judged one by one over %d simulated ms, without those that a running call notices.""".formatted(seconds, QUIET_SECONDS, ticksMs), figures);
    }

    private HostPlan shipped(String name) {
        return Scenarios.plan(Scenarios.shipped(home.resolve("config/" + name + ".conf")), "pool-a/0");
    }

    private static void count(String name, HostPlan plan, int seconds, int ticksMs, List<Figure> figures) {
        MessageCensus census = census(plan, seconds);
        figures.add(
                Figure.stated(name + ": messages per host-second", "%,.1f", (double) census.deliveries() / seconds));
        figures.add(
                Figure.stated(name + ": decisions per host-second", "%,.1f", (double) census.decisions() / seconds));
        // Rounded, as some of the messages of a decision may be beyond the edge of the window.
        figures.add(Figure.counted(
                name + ": messages a decision",
                Math.round(census.messagesPerDecision() * 100) / 100.0,
                Target.atMost(MESSAGES_A_DECISION, "%.2f")));
        figures.add(Figure.stated(
                name + ": all messages / decisions",
                "%.2f (%s)",
                (double) census.deliveries() / census.decisions(),
                most(census)));
        double share = ticksMs / 1000.0;
        TickCensus ticks = ticks(plan, ticksMs);
        figures.add(Figure.stated(
                name + ": ticks per host-second, and those that change nothing",
                "%,.1f, %,.1f",
                ticks.ticks() / share,
                ticks.idleTicks() / share));
        figures.add(Figure.counted(
                name + ": messages per host-second for ticks that change nothing",
                ticks.messagesForIdleTicks() / share,
                Target.atMost(0, "%.1f")));
    }

    /** After a simulated second, in which everything has begun. */
    static TickCensus ticks(HostPlan plan, int milliseconds) {
        return StandAlone.call(context -> {
            HostSimulation host = HostSimulation.build(context, plan, HostObserver.NONE);
            host.boot();
            host.advance(SECOND, Long.MAX_VALUE);
            TickCensus ticks = new TickCensus(host);
            ticks.advance(SECOND + milliseconds * MILLISECOND);
            return ticks;
        });
    }

    /** Over so many simulated seconds, after one in which everything has begun. */
    static MessageCensus census(HostPlan plan, int seconds) {
        MessageCensus census = new MessageCensus();
        StandAlone.call(context -> {
            HostSimulation host = HostSimulation.build(context, plan, HostObserver.NONE);
            host.listen(census);
            host.boot();
            host.advance(SECOND, Long.MAX_VALUE);
            census.clear();
            return host.advance((seconds + 1) * SECOND, Long.MAX_VALUE);
        });
        return census;
    }

    /** The kinds that make up nearly all of it, per decision. */
    private static String most(MessageCensus census) {
        return census.kinds().entrySet().stream()
                .filter(kind -> kind.getValue() * 50 >= census.decisions())
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .map(kind -> "%s %.2f".formatted(kind.getKey(), (double) kind.getValue() / census.decisions()))
                .collect(Collectors.joining(", "));
    }
}
