package org.xenfleet.bench.decisions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.xenfleet.bench.scenario.Scenarios;
import org.xenfleet.host.plan.HostPlan;
import org.xenfleet.host.protocol.GuestExecution.ActivityEnded;
import org.xenfleet.host.protocol.GuestExecution.Block;
import org.xenfleet.host.protocol.Scheduling.Departure;
import org.xenfleet.host.protocol.Scheduling.RaiseSoftirq;
import org.xenfleet.host.protocol.Scheduling.Run;
import org.xenfleet.host.protocol.Scheduling.Schedule;
import org.xenfleet.host.protocol.Scheduling.Tick;
import org.xenfleet.timeline.Message;
import org.xenfleet.xen.Softirq;

class MessageCensusTest {
    private static final Message ROOT = new Tick(0);
    private static final Message SCHEDULE = new Schedule(0, 0, Departure.NONE, false);
    private static final Message RUN = new Run(0, 0, 0, -1, -1);

    private final MessageCensus census = new MessageCensus();

    /** What the timeline delivers, and then what was told because of it. */
    private void cascade(Message root, Message... told) {
        census.delivering(0, 0, -1, 0, root);
        for (Message message : told) {
            census.delivering(0, 0, 1, 0, message);
        }
    }

    @Test
    void anInterruptThatReschedulesIsTheThirdMessageOfItsDecision() {
        cascade(ROOT, SCHEDULE, RUN);

        assertThat(census.decisions()).isEqualTo(1);
        assertThat(census.messagesPerDecision()).isEqualTo(3);
    }

    @Test
    void aPokeAndTheWakeUpAfterItBelongToTheDecision() {
        cascade(ROOT, new RaiseSoftirq(Softirq.SCHEDULE.bit()));
        cascade(ROOT, SCHEDULE, RUN);

        assertThat(census.messagesPerDecision()).isEqualTo(4);
        assertThat(census.deliveries()).isEqualTo(5);
    }

    @Test
    void aGuestThatBlocksIsNotTheScheduler() {
        cascade(ROOT, new ActivityEnded(0, 0), new Block(-1, -1), SCHEDULE, RUN);

        assertThat(census.messagesPerDecision()).isEqualTo(2);
    }

    @Test
    void aBusyHostTakesThreeMessagesADecisionAndNoneForATickThatChangesNothing() {
        HostPlan plan = Scenarios.plan(Scenarios.busy(1, 1, ""), "p/0");
        MessageCensus busy = DecisionsBenchmark.census(plan, 2);
        TickCensus ticks = DecisionsBenchmark.ticks(plan, 100);

        assertThat(busy.decisions()).isGreaterThan(300);
        assertThat(busy.messagesPerDecision()).isCloseTo(3, within(0.01));
        assertThat(ticks.messagesForIdleTicks()).isZero();
    }
}
