package org.xenfleet.fleet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.xenfleet.fleet.conduct.FleetPlan;
import org.xenfleet.results.ReactionEffect;
import org.xenfleet.results.ReportList;
import org.xenfleet.scenario.HostSpec;
import org.xenfleet.scenario.Scenario;

/**
 * The hosts of a run on which somebody reacts to an outage, once more and with the same draws, but with nobody reacting.
 * Used by one thread.
 */
final class CalmTwins {
    private final List<HostInstance> twins = new ArrayList<>();
    private final SortedMap<String, List<String>> reactions = new TreeMap<>();
    private ReportList reports = ReportList.of(List.of());

    CalmTwins(List<HostInstance> hosts) {
        Map<HostSpec, HostSpec> calm = new HashMap<>();
        for (HostInstance host : hosts) {
            List<String> ofHost = host.spec().reactions();
            if (!ofHost.isEmpty()) {
                reactions.put(host.name(), ofHost);
                twins.add(new HostInstance(
                        host.name(), host.pool(), calm.computeIfAbsent(host.spec(), HostSpec::withoutReactions)));
            }
        }
    }

    /** Simulates them, if there are any. */
    Outcome run(HostPlacement placement, Scenario scenario, RunOptions options, RunListener listener)
            throws SimulationFailure {
        if (twins.isEmpty()) {
            return Outcome.DONE;
        }
        CollectingSink sink = new CollectingSink(twins, new RunListener() {
            @Override
            public void progress(Progress progress) {
                listener.progress(progress);
            }
        });
        Outcome outcome = placement.run(new FleetPlan(scenario, true), options.beside("calm"), sink);
        if (!outcome.isPartial()) {
            sink.checkComplete();
        }
        reports = sink.reports();
        return outcome;
    }

    /** What the reactions came to; nothing if nobody reacted. */
    Optional<ReactionEffect> effect(ReportList with) {
        return twins.isEmpty() ? Optional.empty() : Optional.of(ReactionEffect.of(with, reports, reactions));
    }
}
