package org.xenfleet.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xenfleet.host.plan.AgentPlan;
import org.xenfleet.host.protocol.Rendezvous.AdoptTimer;
import org.xenfleet.host.protocol.Work;
import org.xenfleet.host.workload.Next;
import org.xenfleet.host.workload.RandomFields;
import org.xenfleet.observe.HostReport.Heartbeats;
import org.xenfleet.timeline.KeyedRandom;
import org.xenfleet.xen.Fields;
import org.xenfleet.xen.XenTimers.Kind;
import org.xenfleet.xen.dom0.PeerWatch;

/**
 * The software in dom0 that tells the other hosts of the pool that this one is alive. On a fixed grid it is due; it then
 * computes on its vCPU for a while, before whatever else that vCPU does but after the events of devices, looks at what has
 * arrived, sends one heartbeat to everybody, and sleeps by the vCPU's one-shot timer, which lives on the pCPU where it was set.
 * Points of the grid that pass before it is done are skipped. Times are ns. Used by one thread.
 */
final class HeartbeatAgent {
    /** The kind of its messages; their value is how many heartbeats went before. */
    static final int HEARTBEAT = 1;

    private static final long NONE = -1;
    private static final long NOTHING = -2;
    private static final long BILLION = 1_000_000_000L;

    private final HostContext host;
    private final AgentPlan plan;
    private final KeyedRandom random;
    private final PeerWatch peers;
    /** Since somebody last took them. */
    private final List<ChannelMessage> sent = new ArrayList<>(0);

    private long point;
    private boolean busy;
    /** While busy: what it still has to compute, if it was interrupted; and when it is done at the earliest. */
    private long left;

    private long doneAt;
    /** What is left of what the vCPU was doing when an event interrupted it. */
    private long interrupted = NOTHING;
    /** The vCPU's timer, if it is set, and the pCPU on which it lives. */
    private long timerAt = NONE;

    private int timerCpu;
    private boolean down;
    private long beats;
    private long sequence;
    private long lostOnTheWay;
    private long skipped;
    private long longestDelay;

    HeartbeatAgent(HostContext host, AgentPlan plan) {
        this.host = host;
        this.plan = plan;
        this.random = KeyedRandom.of(host.plan().seed(), 0, host.plan().name(), "channel");
        this.peers = new PeerWatch(plan.self(), plan.hosts(), plan.heartbeat().timeoutNs());
        this.point = plan.phaseNs();
    }

    boolean runsOn(int vcpu) {
        return vcpu == plan.vcpu();
    }

    int self() {
        return plan.self();
    }

    boolean isDown() {
        return down;
    }

    /** Its host, or dom0, does not run any more. */
    void stop() {
        down = true;
    }

    void arrives(int sender) {
        if (!down) {
            peers.arrives(sender, host.now());
        }
    }

    /** Whether it waits for its vCPU. */
    boolean isDue() {
        return !busy && !down && host.now() >= point;
    }

    /** When it sends at the earliest, not before now; {@link Long#MAX_VALUE} if it never does. */
    long promise() {
        if (down) {
            return Long.MAX_VALUE;
        }
        long now = host.now();
        if (busy) {
            return Math.max(Math.max(now, doneAt), nextEvent());
        }
        long burst = plan.heartbeat().burstNs();
        return now <= point ? point + burst : Math.max(now, nextEvent()) + burst;
    }

    /** Nothing happens on the host before. */
    private long nextEvent() {
        long next = host.island().nextTime();
        return next == Long.MAX_VALUE ? host.now() : next;
    }

    /** An event interrupted its vCPU, which had so much left to do. */
    void interrupt(long work) {
        if (busy) {
            left = work;
        } else {
            interrupted = work;
        }
    }

    /** What its vCPU does next for it, or goes on with after it; nothing when that is all. */
    Optional<Next> next() {
        if (busy && left > 0) {
            long rest = left;
            left = 0;
            return Optional.of(compute(rest));
        }
        if (busy) {
            beat();
        }
        if (isDue()) {
            busy = true;
            return Optional.of(compute(plan.heartbeat().burstNs()));
        }
        if (interrupted != NOTHING) {
            long rest = interrupted;
            interrupted = NOTHING;
            return rest == Work.ASK ? Optional.empty() : Optional.of(new Next.Compute(rest));
        }
        return Optional.empty();
    }

    private Next compute(long ns) {
        doneAt = host.now() + ns;
        return new Next.Compute(ns);
    }

    private void beat() {
        long now = host.now();
        busy = false;
        peers.look(now);
        for (int peer = 0; peer < plan.hosts(); peer++) {
            if (peer != plan.self()) {
                send(peer, now);
            }
        }
        beats++;
        longestDelay = Math.max(longestDelay, now - point);
        long period = plan.heartbeat().periodNs();
        long points = Math.max(1, (now - point + period - 1) / period);
        skipped += points - 1;
        point += points * period;
    }

    /** Both draws are made for every message, so that no draw depends on what became of another message. */
    private void send(int peer, long now) {
        boolean lost = random.below(BILLION) < plan.channel().lossPerBillion();
        long jitter = random.below(plan.channel().jitterNs() + 1);
        if (lost) {
            lostOnTheWay++;
        } else {
            long arrives = now + plan.channel().latencyNs() + jitter;
            sent.add(new ChannelMessage(plan.self(), peer, sequence, now, arrives, HEARTBEAT, beats));
        }
        sequence++;
    }

    /** What it has sent since it was last asked. */
    List<ChannelMessage> takeSent() {
        List<ChannelMessage> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    boolean hasSent() {
        return !sent.isEmpty();
    }

    /**
     * Its vCPU, on {@code cpu}, does that next: the vCPU's timer is set for whoever needs it first, the agent or a sleeper.
     *
     * @param pollHome where the time-out of a poll lives
     */
    void setTimer(int cpu, Next next, int pollHome) {
        long at = busy || down || point <= host.now() ? NONE : point;
        int home = cpu;
        if (next instanceof Next.Sleep sleep && sleep.timerAt() >= 0 && (at == NONE || sleep.timerAt() < at)) {
            at = sleep.timerAt();
            home = sleep.polls() ? pollHome : cpu;
        }
        if (at == timerAt) {
            return;
        }
        if (timerAt != NONE && (at == NONE || home != timerCpu)) {
            host.tellCpu(timerCpu, new AdoptTimer(Kind.VCPU.ordinal(), plan.vcpu(), NONE));
        }
        if (at != NONE) {
            host.tellCpu(home, new AdoptTimer(Kind.VCPU.ordinal(), plan.vcpu(), at));
        }
        timerAt = at;
        timerCpu = home;
    }

    /** The vCPU's timer has fired; false if that is one which nobody waits for any more. */
    boolean timerFires(long deadline) {
        boolean awaited = deadline == timerAt;
        timerAt = awaited ? NONE : timerAt;
        return awaited;
    }

    /** The run, or the host, is over at {@code end}. */
    void finish(long end) {
        if (end > point) {
            longestDelay = Math.max(longestDelay, end - point);
        }
        host.report()
                .heartbeats(
                        plan,
                        peers.findings(),
                        new Heartbeats(
                                sequence,
                                lostOnTheWay,
                                peers.read(),
                                skipped,
                                longestDelay,
                                peers.longestSilence(),
                                peers.lost(),
                                peers.losses()));
    }

    void fields(Fields f) {
        RandomFields.visit(random, f);
        peers.fields(f);
        point = f.at("point", point);
        busy = f.at("beats-now", busy);
        left = f.at("burst-left", left);
        doneAt = f.at("done-at", doneAt);
        interrupted = f.at("agent-interrupted", interrupted);
        timerAt = f.at("agent-timer", timerAt);
        timerCpu = f.at("agent-timer-cpu", timerCpu);
        down = f.at("agent-down", down);
        beats = f.at("beats", beats);
        sequence = f.at("sequence", sequence);
        lostOnTheWay = f.at("lost-on-the-way", lostOnTheWay);
        skipped = f.at("skipped", skipped);
        longestDelay = f.at("longest-delay", longestDelay);
    }
}
