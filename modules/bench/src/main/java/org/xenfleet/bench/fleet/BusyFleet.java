package org.xenfleet.bench.fleet;

import org.xenfleet.bench.measure.Rate;
import org.xenfleet.bench.scenario.Scenarios;
import org.xenfleet.fleet.RunListener;
import org.xenfleet.fleet.RunOptions;
import org.xenfleet.fleet.Simulation;
import org.xenfleet.fleet.SimulationFailure;
import org.xenfleet.results.RunSummary;

/** The fleet on Xenfleet, run as any Java program would run it. */
final class BusyFleet {
    /**
     * What a run came to.
     *
     * @param rate host-seconds
     * @param deliveries to actors, over all hosts
     */
    record Run(Rate rate, long deliveries) {
        double deliveriesPerHostSecond() {
            return deliveries / rate.count();
        }
    }

    private BusyFleet() {}

    /** Everything from reading the hosts' specification to their reports is measured. {@code xen}: more settings of Xen. */
    static Run run(int hosts, int seconds, int workers, String xen) {
        Simulation simulation = Simulation.of(Scenarios.busy(hosts, seconds, xen));
        try {
            long start = System.nanoTime();
            RunSummary summary = simulation
                    .run(RunOptions.defaults().withWorkers(workers), RunListener.NONE)
                    .summary();
            long nanos = System.nanoTime() - start;
            return new Run(new Rate((double) hosts * seconds, nanos), summary.events());
        } catch (SimulationFailure e) {
            throw new IllegalStateException(e);
        }
    }
}
