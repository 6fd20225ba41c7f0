package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.xenfleet.host.plan.HostPlan;
import org.xenfleet.timeline.StateBuffer;

/** Lets hosts go on from an instant of others. */
final class Branching {
    private Branching() {}

    /** The state of a host at an instant of its run. */
    static StateBuffer stateAt(TestHost host, long at) {
        return host.with((simulation, seen) -> {
            simulation.boot();
            simulation.advance(at, Long.MAX_VALUE);
            return simulation.snapshot();
        });
    }

    /** What comes of {@code branch}, which goes on from {@code state} of {@code parent}. */
    static TestHost.Outcome goOn(StateBuffer state, TestHost parent, TestHost branch) {
        HostPlan before = parent.plan();
        long duration = branch.scenario().durationNs();
        return branch.with((simulation, seen) -> {
            simulation.branch(state, before);
            simulation.advance(duration, Long.MAX_VALUE);
            return new TestHost.Outcome(simulation.finish(), seen);
        });
    }

    static TestHost.Outcome goOn(long at, TestHost parent, TestHost branch) {
        return goOn(stateAt(parent, at), parent, branch);
    }

    /**
     * Holds a branch against itself: it goes on from its own states, right after it began and at {@code later}, as a run of its
     * plan does.
     */
    static TestHost.Outcome goesOnFromItsOwnStates(long at, long later, TestHost parent, TestHost branch) {
        StateBuffer state = stateAt(parent, at);
        TestHost.Outcome undisturbed = goOn(state, parent, branch);
        HostPlan before = parent.plan();
        long duration = branch.scenario().durationNs();
        for (long from : new long[] {at, later}) {
            StateBuffer own = branch.with((simulation, seen) -> {
                simulation.branch(state, before);
                simulation.advance(from, Long.MAX_VALUE);
                return simulation.snapshot();
            });
            assertThat(branch.<Object>with((simulation, seen) -> {
                        simulation.restore(own);
                        assertThat(simulation.snapshot().firstDifference(own)).isEqualTo(-1);
                        simulation.advance(duration, Long.MAX_VALUE);
                        return simulation.finish();
                    }))
                    .as("from %d ns", from)
                    .isEqualTo(undisturbed.report());
        }
        return undisturbed;
    }
}
