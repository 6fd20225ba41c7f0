package org.xenfleet.fleet;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.xenfleet.fleet.conduct.FleetPlan;
import org.xenfleet.results.ReactionEffect;
import org.xenfleet.results.ReportList;
import org.xenfleet.scenario.Scenario;

/**
 * The hosts of a run in whose pools somebody reacts to an outage, once more and with the same draws, but with nobody reacting.
 * Used by one thread.
 */
final class CalmTwins {
    private final List<HostInstance> twins;
    private final FleetPlan plan;
    private final SortedMap<String, List<String>> reactions = new TreeMap<>();
    private ReportList reports = ReportList.of(List.of());

    CalmTwins(Scenario scenario, List<HostInstance> hosts) {
        for (HostInstance host : hosts) {
            List<String> ofHost = host.spec().reactions();
            if (!ofHost.isEmpty()) {
                reactions.put(host.name(), ofHost);
            }
        }
        plan = new FleetPlan(scenario, true);
        twins = reactions.isEmpty() ? List.of() : plan.hosts();
    }

    /** Simulates them, if there are any. */
    Outcome run(HostPlacement placement, RunOptions options, RunListener listener)
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
        Outcome outcome = placement.run(plan, options.beside("calm"), sink);
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
