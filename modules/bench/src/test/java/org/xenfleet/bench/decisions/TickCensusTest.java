package org.xenfleet.bench.decisions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.xenfleet.bench.scenario.Scenarios;
import org.xenfleet.host.EveryTimerReal;
import org.xenfleet.host.HostSimulation;
import org.xenfleet.host.plan.HostPlan;
import org.xenfleet.timeline.StandAlone;

class TickCensusTest {
    private static final long MS = 1_000_000L;

    /**
     * Where every tick is an event, 16 busy pCPUs tick 10 times each in 100 ms, one more or less at either edge, and most of
     * them only charge whoever runs. Each of those takes the interrupt, the tick, and the setting of the next one.
     */
    @Test
    void findsTheTicksThatChangeNothing() {
        HostPlan plan = Scenarios.plan(Scenarios.busy(1, 1, ""), "p/0");
        TickCensus census = StandAlone.call(context -> {
            HostSimulation host = EveryTimerReal.build(context, plan);
            host.boot();
            host.advance(1000 * MS, Long.MAX_VALUE);
            TickCensus ticks = new TickCensus(host);
            ticks.advance(1100 * MS);
            return ticks;
        });

        assertThat(census.ticks()).isBetween(144L, 176L);
        assertThat(census.idleTicks()).isBetween(100L, census.ticks());
        assertThat(census.messagesForIdleTicks()).isEqualTo(3 * census.idleTicks());
    }
}
