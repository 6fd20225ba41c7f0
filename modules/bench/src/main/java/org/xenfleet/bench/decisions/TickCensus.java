package org.xenfleet.bench.decisions;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.xenfleet.host.HostSimulation;
import org.xenfleet.host.protocol.Scheduling.Tick;
import org.xenfleet.timeline.DeliveryListener;
import org.xenfleet.timeline.Message;
import org.xenfleet.timeline.StateBuffer;

/**
 * Finds the ticks that change nothing: it lets a host deliver one cascade at a time, and where that was a tick alone, holds
 * the state of the schedulers, the domains and the hypervisor against what it was before. What a tick may do at any later
 * instant as well does not count as a change: to charge the running vCPU, and to note that it was there. Ticks of a pCPU on
 * which a call runs are left out, as the call notices them. Used by one thread.
 */
final class TickCensus implements DeliveryListener {
    private static final Set<String> OF_A_TICK_ALONE = Set.of("TimerInterrupt", "PhaseEnds", "Tick", "ArmTimers");
    private static final Set<String> NO_CHANGE = Set.of(
            "credit", "residual", "charged-to", "sort-epoch-of", "tick-due", "tick-quiet", "slice-due", "slice-quiet");
    private static final String ACTOR = "actor";
    private static final String CALLS_RUN = "calls-run";

    private final HostSimulation host;
    private final List<Message> cascade = new ArrayList<>();
    private long ticks;
    private long idleTicks;
    private long messages;

    /** Listens to the host from now on. */
    TickCensus(HostSimulation host) {
        this.host = host;
        host.listen(this);
    }

    @Override
    public void delivering(long number, long time, int sender, int target, Message message) {
        cascade.add(message);
    }

    void advance(long until) {
        StateBuffer before = host.snapshot();
        while (true) {
            cascade.clear();
            boolean done = host.advance(until, 1);
            StateBuffer after = host.snapshot();
            judge(before, after);
            before = after;
            if (done) {
                return;
            }
        }
    }

    /** Ticks that reached a scheduler, on pCPUs that run no call. */
    long ticks() {
        return ticks;
    }

    /** Of these, the ones that changed nothing. */
    long idleTicks() {
        return idleTicks;
    }

    /** The deliveries that were made for the ticks that changed nothing. */
    long messagesForIdleTicks() {
        return messages;
    }

    private void judge(StateBuffer before, StateBuffer after) {
        long inCascade = cascade.stream()
                .filter(m -> m instanceof Tick tick && !callRunsOn(before, tick.cpu()))
                .count();
        ticks += inCascade;
        boolean alone = cascade.stream()
                .allMatch(m -> OF_A_TICK_ALONE.contains(m.getClass().getSimpleName()));
        if (inCascade == 1 && alone && relevant(before).equals(relevant(after))) {
            idleTicks++;
            messages += cascade.stream()
                    .filter(m -> !m.getClass().getSimpleName().equals("PhaseEnds"))
                    .count();
        }
    }

    private static boolean callRunsOn(StateBuffer state, int cpu) {
        int at = 0;
        for (int i = 0; i < state.size(); i++) {
            if (state.field(i).equals(CALLS_RUN)
                    && at++ % cpus(state) == cpu
                    && state.value(i).equals(1L)) {
                return true;
            }
        }
        return false;
    }

    private static int cpus(StateBuffer state) {
        int cpus = 0;
        for (int i = 0; i < state.size(); i++) {
            if (state.field(i).equals(ACTOR) && state.value(i).toString().startsWith("pcpu-")) {
                cpus++;
            }
        }
        return cpus;
    }

    /** Names and values of all that a tick could change for good. */
    private static List<Object> relevant(StateBuffer state) {
        List<Object> relevant = new ArrayList<>();
        boolean within = false;
        for (int i = 0; i < state.size(); i++) {
            if (state.field(i).equals(ACTOR)) {
                String actor = state.value(i).toString();
                within = !actor.startsWith("pcpu-");
            }
            if (within && !NO_CHANGE.contains(state.field(i))) {
                relevant.add(state.field(i));
                relevant.add(state.value(i));
            }
        }
        return relevant;
    }
}
