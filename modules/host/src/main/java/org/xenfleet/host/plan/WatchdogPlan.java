package org.xenfleet.host.plan;

import java.util.ArrayList;
import java.util.List;
import org.xenfleet.scenario.WatchdogSpec;
import org.xenfleet.timeline.KeyedRandom;
import org.xenfleet.xen.NmiWatchdog;
import org.xenfleet.xen.WatchdogParameters;

/**
 * The NMI watchdog of a host before it runs. Immutable.
 *
 * @param phases by pCPU
 */
public record WatchdogPlan(WatchdogParameters parameters, List<Phase> phases) {

    /**
     * Where a pCPU is when the run starts, in ns.
     *
     * @param firstBeat when its heartbeat is first due
     * @param counted unhalted time since its last NMI
     */
    public record Phase(long firstBeat, long counted) {}

    public WatchdogPlan {
        phases = List.copyOf(phases);
    }

    /**
     * Draws what {@code spec} does not fix. After some uptime the phases of pCPUs have nothing to do with each other: every
     * beat sets the next one from the instant at which it was served, and NMIs count unhalted time only.
     */
    static WatchdogPlan draw(WatchdogSpec spec, long frequencyHz, int cpus, KeyedRandom random) {
        WatchdogParameters parameters = new WatchdogParameters(spec.timeoutS(), frequencyHz);
        List<Phase> phases = new ArrayList<>();
        for (int cpu = 0; cpu < cpus; cpu++) {
            long beat = random.below(WatchdogParameters.HEARTBEAT_NS);
            long counted = random.below(parameters.nmiPeriodNs());
            phases.add(new Phase(
                    spec.phaseNs().isPresent() ? spec.phaseNs().getAsLong() + cpu : beat,
                    spec.nmiPhaseNs().orElse(counted) % parameters.nmiPeriodNs()));
        }
        return new WatchdogPlan(parameters, phases);
    }

    /** The watchdog of a pCPU at the start of the run; {@code slop} is that of Xen's timers. */
    public NmiWatchdog of(int cpu, long slop) {
        Phase phase = phases.get(cpu);
        return new NmiWatchdog(parameters, slop, phase.firstBeat(), phase.counted());
    }
}
