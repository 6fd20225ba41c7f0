package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.xenfleet.host.plan.HostPlan;
import org.xenfleet.host.plan.HostPlanner;
import org.xenfleet.host.plan.HostSeat;
import org.xenfleet.observe.HostReport;
import org.xenfleet.scenario.PoolSpec;
import org.xenfleet.scenario.Scenario;
import org.xenfleet.scenario.ScenarioException;
import org.xenfleet.scenario.ScenarioLoader;
import org.xenfleet.timeline.StandAlone;
import org.xenfleet.timeline.StateBuffer;

/** The hosts of one pool, run in lockstep in this thread: each window ends when the first message could arrive. */
final class TestPool {
    /** What came out. */
    record Outcome(List<HostReport> reports, List<ChannelMessage> sent, List<Recorder> seen, int windows) {
        HostReport.Heartbeats heartbeats(int host) {
            return reports.get(host).heartbeats().orElseThrow();
        }

        List<HostReport.Incident> incidents(int host, String kind) {
            return reports.get(host).incidents().stream()
                    .filter(i -> i.kind().equals(kind))
                    .toList();
        }

        List<ChannelMessage> from(int sender) {
            return sent.stream().filter(m -> m.sender() == sender).toList();
        }
    }

    private final Path scenario;
    private final List<String> settings = new ArrayList<>();
    private String pool = "p";
    private long longestWindow = Long.MAX_VALUE;
    private long snapshotEvery = Long.MAX_VALUE;

    private TestPool(Path scenario) {
        this.scenario = scenario;
    }

    /** {@code text} is the whole scenario, its pool is {@code p}. */
    static TestPool in(Path folder, String text) {
        try {
            Files.writeString(folder.resolve("scenario.conf"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TestPool(folder.resolve("scenario.conf"));
    }

    static TestPool of(Path scenario, String pool) {
        TestPool test = new TestPool(scenario);
        test.pool = pool;
        return test;
    }

    TestPool set(String... more) {
        settings.addAll(List.of(more));
        return this;
    }

    /** No window is longer, whatever the hosts promise. */
    TestPool windows(long longest) {
        longestWindow = longest;
        return this;
    }

    /** At the first window's end after each such time, all hosts go on in fresh ones, from snapshots. */
    TestPool snapshots(long every) {
        snapshotEvery = every;
        return this;
    }

    Scenario scenario() {
        try {
            return ScenarioLoader.load(scenario, settings, OptionalLong.empty(), OptionalLong.empty())
                    .scenario();
        } catch (ScenarioException e) {
            throw new IllegalArgumentException(e.problems().toString(), e);
        }
    }

    List<HostPlan> plans() {
        Scenario read = scenario();
        PoolSpec spec = Optional.ofNullable(read.pools().get(pool)).orElseThrow();
        String name = spec.copyNames().get(0);
        List<HostPlan> plans = new ArrayList<>();
        for (int i = 0; i < spec.count(); i++) {
            HostSeat seat = new HostSeat(name + "/" + i, i, spec.count(), spec.channel());
            plans.add(HostPlanner.of(read.hostOf(spec, i)).plan(seat, read.costs(), read.seed()));
        }
        return plans;
    }

    Outcome run() {
        List<HostPlan> plans = plans();
        long duration = scenario().durationNs();
        List<Recorder> seen = plans.stream().map(p -> new Recorder()).toList();
        long latency = plans.get(0).agent().map(a -> a.channel().latencyNs()).orElse(duration);
        List<ChannelMessage> sent = new ArrayList<>();
        List<StateBuffer> from = new ArrayList<>();
        List<HostReport> reports = new ArrayList<>();
        int[] windows = new int[1];
        for (long until = Math.min(duration, snapshotEvery); reports.isEmpty(); until = next(until, duration)) {
            long to = until;
            List<StateBuffer> snapshots = with(plans, seen, hosts -> {
                for (int i = 0; i < hosts.size(); i++) {
                    if (from.isEmpty()) {
                        hosts.get(i).boot();
                    } else {
                        hosts.get(i).restore(from.get(i));
                    }
                }
                windows[0] += lockstep(hosts, to, latency, sent);
                if (hosts.get(0).now() >= duration) {
                    hosts.forEach(host -> reports.add(host.finish()));
                    return List.of();
                }
                return hosts.stream().map(HostSimulation::snapshot).toList();
            });
            from.clear();
            from.addAll(snapshots);
        }
        return new Outcome(reports, sent, seen, windows[0]);
    }

    private long next(long until, long duration) {
        return Math.min(duration, until + snapshotEvery);
    }

    /** Runs all hosts up to {@code until} and checks what they promise. Returns the number of windows. */
    private int lockstep(List<HostSimulation> hosts, long until, long latency, List<ChannelMessage> sent) {
        int windows = 0;
        while (hosts.get(0).now() < until) {
            long now = hosts.get(0).now();
            long end = Math.min(until, now > Long.MAX_VALUE - longestWindow ? Long.MAX_VALUE : now + longestWindow);
            long[] promises = new long[hosts.size()];
            for (int i = 0; i < promises.length; i++) {
                promises[i] = hosts.get(i).promise();
                assertThat(promises[i]).isGreaterThanOrEqualTo(now);
                end = Math.min(end, promises[i] == Long.MAX_VALUE ? end : promises[i] + latency);
            }
            List<ChannelMessage> ofWindow = new ArrayList<>();
            for (int i = 0; i < promises.length; i++) {
                hosts.get(i).advance(end, Long.MAX_VALUE);
                for (ChannelMessage message : hosts.get(i).takeSent()) {
                    assertThat(message.sentNs()).as("%s", message).isGreaterThanOrEqualTo(promises[i]);
                    ofWindow.add(message);
                }
            }
            ofWindow.sort(null);
            for (int i = 0; i < promises.length; i++) {
                int receiver = i;
                hosts.get(i)
                        .receive(ofWindow.stream()
                                .filter(m -> m.receiver() == receiver)
                                .toList());
            }
            sent.addAll(ofWindow);
            windows++;
        }
        return windows;
    }

    /** Each host lives in an actor of its own, all of which wait for this thread. */
    <T> T with(List<HostPlan> plans, List<Recorder> seen, Function<List<HostSimulation>, T> body) {
        return with(plans, seen, new ArrayList<>(), body);
    }

    private <T> T with(
            List<HostPlan> plans,
            List<Recorder> seen,
            List<HostSimulation> hosts,
            Function<List<HostSimulation>, T> body) {
        int next = hosts.size();
        if (next == plans.size()) {
            return body.apply(hosts);
        }
        return StandAlone.call(context -> {
            hosts.add(HostSimulation.build(context, plans.get(next), seen.get(next)));
            return with(plans, seen, hosts, body);
        });
    }
}
