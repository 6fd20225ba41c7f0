package org.xenfleet.host.statements;

import java.util.List;

/** The statements about the call itself: its slices, checks, errors, costs. */
final class WalkStatements {
    private WalkStatements() {}

    static List<Statement> all() {
        return List.of(
                new SingleSlice(),
                new WorkConserved(),
                new Strides(),
                new RangeLimits(),
                new Privilege(),
                new PoolExhausted(),
                new TimeBound(),
                new ListenerGate(),
                new DebtForgiven(),
                new PresenceCosts());
    }
}
