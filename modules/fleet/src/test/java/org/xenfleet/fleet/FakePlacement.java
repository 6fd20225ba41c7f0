package org.xenfleet.fleet;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.xenfleet.fleet.conduct.FleetPlan;
import org.xenfleet.observe.HostReport;
import org.xenfleet.observe.HostReport.Fate;

/** Reports healthy hosts in reverse order; each has two epochs, its length of name and 255. */
final class FakePlacement implements HostPlacement {
    private final Outcome outcome;
    private final int reported;

    /** @param reported so many hosts are reported, from the last on */
    FakePlacement(Outcome outcome, int reported) {
        this.outcome = outcome;
        this.reported = reported;
    }

    @Override
    public Outcome run(FleetPlan plan, RunOptions options, RunSink sink) {
        List<HostInstance> hosts = plan.hosts();
        List<HostInstance> reversed = new ArrayList<>(hosts);
        Collections.reverse(reversed);
        for (HostInstance host : reversed.subList(0, reported)) {
            sink.hostDone(report(host.name(), plan.scenario().durationNs()));
        }
        sink.progress(new Progress(reported, hosts.size(), 0, 0, 0));
        return outcome;
    }

    static HostReport report(String name, long simulatedNs) {
        return new HostReport(
                name,
                Fate.HEALTHY,
                simulatedNs,
                -1,
                5,
                List.of((long) name.length(), 255L),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                0);
    }
}
