package org.xenfleet.host.statements;

import java.util.List;

/** The statements about what a tied pCPU does to others through locks, pauses and watchdogs. */
final class OutageStatements {
    private OutageStatements() {}

    static List<Statement> all() {
        return List.of(
                new WatchdogFindsTheCall(),
                new EverySpinnerCounts(),
                new PauseHangsThePauser(),
                new PauseOfOneVcpuDom0(),
                new Amplification(),
                new BackendCapture(),
                new InterruptsStillWork(),
                new StopMachineFreezes(),
                new Zombies(),
                new AdviceHasItsLimits());
    }
}
