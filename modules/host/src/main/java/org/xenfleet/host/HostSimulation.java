package org.xenfleet.host;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;
import org.xenfleet.host.plan.BranchCheck;
import org.xenfleet.host.plan.DomainPlan;
import org.xenfleet.host.plan.HostPlan;
import org.xenfleet.host.plan.PoolPlan;
import org.xenfleet.host.protocol.HostControl.Boot;
import org.xenfleet.host.protocol.HostControl.Finish;
import org.xenfleet.host.protocol.PoolChannel.MessageArrives;
import org.xenfleet.observe.HostObserver;
import org.xenfleet.observe.HostReport;
import org.xenfleet.timeline.DeliveryFault;
import org.xenfleet.timeline.DeliveryListener;
import org.xenfleet.timeline.Island;
import org.xenfleet.timeline.StateBuffer;

/**
 * One simulated host: an island with its actors, as children of the actor whose context it is given. Runs for simulated ns
 * from 0; belongs to the thread of that actor. A host that is built and not {@link #boot}ed can take up a snapshot.
 */
public final class HostSimulation {
    /** An epoch of a host, in simulated ns: after each its state goes into the digest. */
    public static final long EPOCH = 1_000_000_000L;

    private final HostPlan plan;
    private final Island island;
    private final HostContext host;
    private final ReportBuilder report;
    private final List<HostActor> actors = new ArrayList<>();
    private EpochListener epochListener = (epoch, digest) -> {};
    private final @Nullable HeartbeatAgent agent;
    private final ChannelInbox inbox = new ChannelInbox();

    private HostSimulation(HostPlan plan, Island island, HostContext host, ReportBuilder report) {
        this.plan = plan;
        this.island = island;
        this.host = host;
        this.report = report;
        this.agent = plan.agent().map(a -> new HeartbeatAgent(host, a)).orElse(null);
    }

    public static HostSimulation build(ActorContext<?> parent, HostPlan plan, HostObserver observer) {
        return build(parent, plan, observer, false);
    }

    /** {@code everyTimerReal}: also ticks and slice ends that would change nothing are events. */
    static HostSimulation build(ActorContext<?> parent, HostPlan plan, HostObserver observer, boolean everyTimerReal) {
        return make(parent, plan, observer, everyTimerReal);
    }

    /** Without a parent nobody is spawned, and the host can only take up a state, be changed, and be written down. */
    private static HostSimulation make(
            @Nullable ActorContext<?> parent, HostPlan plan, HostObserver observer, boolean everyTimerReal) {
        Island island = new Island(plan.name(), HostCommand.CODEC);
        ReportBuilder report = new ReportBuilder(plan);
        HostContext host =
                new HostContext(island, plan, plan.catalogue(), observer, report, plan.holdsKeptNs(), everyTimerReal);
        HostSimulation simulation = new HostSimulation(plan, island, host, report);
        simulation.spawnActors(parent);
        return simulation;
    }

    private void spawnActors(@Nullable ActorContext<?> parent) {
        spawn(parent, "hypervisor", Hypervisor.create(host), HostPlan.HYPERVISOR);
        spawn(parent, "toolstack", Toolstack.create(host), HostPlan.TOOLSTACK);
        for (PoolPlan pool : plan.pools()) {
            spawn(parent, "pool-" + pool.index(), CpuPool.create(host, pool), plan.poolAddress(pool.index()));
        }
        for (int cpu = 0; cpu < plan.topology().cpus(); cpu++) {
            spawn(parent, "pcpu-" + cpu, PhysicalCpu.create(host, cpu), plan.cpuAddress(cpu));
        }
        for (DomainPlan domain : plan.domains()) {
            int domid = domain.domid();
            spawn(
                    parent,
                    actorOfDomain(domid),
                    Domain.create(host, domain, domid == 0 ? agent : null),
                    plan.domainAddress(domid));
        }
    }

    static String actorOfDomain(int domid) {
        return "domain-" + domid;
    }

    /** The names are the same on all hosts. */
    private void spawn(@Nullable ActorContext<?> parent, String name, HostActor actor, int address) {
        int given = parent == null ? island.seat(name, actor) : island.spawn(parent, name.intern(), actor);
        actors.add(actor);
        if (given != address) {
            throw new IllegalStateException(name + " has address " + given + ", not " + address);
        }
    }

    /** Time 0: the domains are unpaused. */
    public void boot() {
        island.tell(HostPlan.TOOLSTACK, new Boot());
    }

    /**
     * Simulates up to {@code until}, ending an epoch whenever one is over; or stops early after about
     * {@code maxDeliveries}. Returns whether it got there.
     */
    public boolean advance(long until, long maxDeliveries) {
        long limit = island.deliveries() + Math.min(maxDeliveries, Long.MAX_VALUE - island.deliveries());
        while (island.now() < until) {
            long epochEnd = (island.epochDigests().size() + 1L) * EPOCH;
            long stop = Math.min(until, epochEnd);
            long arrival = inbox.nextArrival();
            if (!island.advance(Math.min(arrival, stop), limit - island.deliveries())) {
                return false;
            }
            if (arrival < stop) {
                deliver(inbox.take(arrival));
            } else if (stop == epochEnd) {
                int epoch = island.epochDigests().size();
                epochListener.epochEnded(epoch, island.endEpoch());
            }
        }
        return true;
    }

    /** What arrives now comes before all that is due now. */
    private void deliver(List<ChannelMessage> arriving) {
        if (agent == null || agent.isDown()) {
            inbox.clear();
            return;
        }
        for (ChannelMessage m : arriving) {
            island.tell(
                    plan.domainAddress(0),
                    new MessageArrives(m.sender(), m.sequence(), m.sentNs(), m.kind(), m.value()));
        }
    }

    /** Ends the run where it is and reports. The host cannot go on afterwards. */
    public HostReport finish() {
        long events = island.deliveries();
        long end = island.now();
        if (end < (island.epochDigests().size() + 1L) * EPOCH && end % EPOCH != 0) {
            island.endEpoch();
        }
        island.tell(HostPlan.HYPERVISOR, new Finish(end));
        island.settle();
        Finish finish = new Finish(report.upUntil(end));
        for (int cpu = 0; cpu < plan.topology().cpus(); cpu++) {
            island.tell(plan.cpuAddress(cpu), finish);
        }
        island.settle();
        for (DomainPlan domain : plan.domains()) {
            island.tell(plan.domainAddress(domain.domid()), finish);
        }
        island.settle();
        for (PoolPlan pool : plan.pools()) {
            island.tell(plan.poolAddress(pool.index()), finish);
        }
        island.settle();
        return report.build(end, events, island.epochDigests());
    }

    public HostPlan plan() {
        return plan;
    }

    /**
     * The earliest instant at which the host may send a message over the channel of its pool, not before now, if it receives
     * nothing; {@link Long#MAX_VALUE} if it never does.
     */
    public long promise() {
        return agent == null ? Long.MAX_VALUE : agent.promise();
    }

    /** What it has sent since the last time this was asked, in the order of sending; what is lost on the way is left out. */
    public List<ChannelMessage> takeSent() {
        return agent == null ? List.of() : agent.takeSent();
    }

    /**
     * Takes in what others sent it, for when it arrives; what arrives at one instant is delivered in the natural order, before
     * everything else of that instant. So it does not matter how long ahead it is told. A host that is down hears nothing.
     *
     * @throws IllegalArgumentException if one of them is for another host, arrives before now, or does not come in the
     *     natural order; nothing is taken in then
     */
    public void receive(List<ChannelMessage> messages) {
        if (agent == null) {
            if (!messages.isEmpty()) {
                throw new IllegalStateException(plan.name() + " meets nobody");
            }
            return;
        }
        inbox.add(messages, agent.self(), island.now());
        if (agent.isDown()) {
            inbox.clear();
        }
    }

    public long now() {
        return island.now();
    }

    public long deliveries() {
        return island.deliveries();
    }

    /**
     * Everything that the host needs to go on from here in a fresh {@link HostSimulation} of the same plan. What it has sent
     * is no part of it and has to be taken before; an {@link IllegalStateException} otherwise.
     */
    public StateBuffer snapshot() {
        if (agent != null && agent.hasSent()) {
            throw new IllegalStateException(plan.name() + " has sent messages that nobody has taken yet");
        }
        StateBuffer snapshot = island.snapshot();
        if (agent != null) {
            inbox.write(snapshot);
        }
        return snapshot;
    }

    public void restore(StateBuffer snapshot) {
        island.restore(snapshot);
        if (agent != null) {
            inbox.read(snapshot);
        }
    }

    /**
     * Goes on, in a fresh host that is not booted, where a host of another plan was when {@code snapshot} was taken. When both
     * plans come from the same scenario this is {@link #restore}. Otherwise what is under way ends by the old rules, and what
     * comes next goes by the new ones:
     *
     * <ul>
     *   <li>A vCPU whose workload changes finishes its burst, its call, its access to a device; computing without end ends
     *       here, and a sleeper is woken here. Then its new workload goes on where one of the same kind was, or begins afresh.
     *   <li>With a fix, a slice under way is not cut by it; the next one is.
     *   <li>At other costs, the page under way ends at its old cost, and likewise whatever else has its end in the timeline.
     *   <li>A host that is down stays down.
     * </ul>
     *
     * @throws IllegalArgumentException if {@link BranchCheck} refuses the change, or the plans are of two hosts; says why
     */
    public void branch(StateBuffer snapshot, HostPlan before) {
        if (!before.name().equals(plan.name()) || before.seed() != plan.seed()) {
            throw new IllegalArgumentException(
                    "a branch of " + before.name() + " cannot be " + plan.name() + ", or have another seed");
        }
        List<String> refused = BranchCheck.refusals(before.spec(), plan.spec());
        if (!refused.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", refused));
        }
        boolean same = before.spec().equals(plan.spec()) && before.costs().equals(plan.costs());
        restore(same ? snapshot : laidUnder(plan, before, snapshot));
    }

    private static StateBuffer laidUnder(HostPlan plan, HostPlan before, StateBuffer snapshot) {
        HostSimulation still = make(null, before, HostObserver.NONE, false);
        still.restore(snapshot);
        boolean down = still.island.nextTime() == Long.MAX_VALUE;
        PlanChange change = new PlanChange(before, plan);
        for (HostActor actor : still.actors) {
            if (!down || actor instanceof Domain) {
                actor.changeTo(change);
            }
        }
        if (down) {
            still.island.clear();
        }
        return still.snapshot();
    }

    /** Tells the listener, instead of an earlier one, of every epoch that {@link #advance} ends from now on. */
    public void onEpoch(EpochListener listener) {
        epochListener = listener;
    }

    public void listen(DeliveryListener listener) {
        island.listen(listener);
    }

    /** What sits at an address, for a trace: PhysicalCpu(3), Domain(web-0), or outside for -1. */
    public String actorAt(int address) {
        int firstCpu = plan.cpuAddress(0);
        int firstDomain = plan.domainAddress(0);
        if (address >= firstDomain) {
            return "Domain(" + plan.domains().get(address - firstDomain).name() + ")";
        }
        if (address >= firstCpu) {
            return "PhysicalCpu(" + (address - firstCpu) + ")";
        }
        if (address >= plan.poolAddress(0)) {
            return "CpuPool(" + plan.pools().get(address - plan.poolAddress(0)).name() + ")";
        }
        return address == HostPlan.HYPERVISOR ? "Hypervisor" : address == HostPlan.TOOLSTACK ? "Toolstack" : "timeline";
    }

    /** For tests. */
    public void inject(DeliveryFault fault) {
        island.inject(fault);
    }
}
