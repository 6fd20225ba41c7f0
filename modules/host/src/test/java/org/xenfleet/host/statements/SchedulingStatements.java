package org.xenfleet.host.statements;

import java.util.List;

/** The statements about who runs and who does not while a pCPU is tied. */
final class SchedulingStatements {
    private SchedulingStatements() {}

    static List<Statement> all() {
        return List.of(
                new IdlersRescue(),
                new FullLoadDoesNot(),
                new PinnedStandStill(),
                new OrphanTimers(),
                new Cpu0IsSpecial());
    }
}
