package org.xenfleet.xen.sched;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.xenfleet.xen.Fields;

/**
 * The credit scheduler of one CPU pool: run queues, wake-ups with boost, tickling, slices, the rate limit, yielding,
 * stealing, placement, ticks and accounting, as {@link CreditRules} has them in a release. pCPUs go by their number on the host, vCPUs by the number that
 * {@link #addVcpu} gave. Time is Xen's system time in ns. Used by one thread.
 *
 * <p>A pCPU is asked to reschedule by a poke (its SCHEDULE softirq); pokes pile up here until {@link #takePokes}. Nothing
 * happens on a pCPU before it calls {@link #schedule} itself: one that is tied by a hypercall keeps its current vCPU and
 * its queue, which others may steal from.
 *
 * <p>Source: xen-semantics section 4.1.
 */
public final class CreditScheduler implements PoolScheduler {
    /** No shorter timer is set for a vCPU that the rate limit keeps. */
    private static final long MIN_TIMER = CreditParameters.MIN_RATELIMIT_US * 1000L;

    private final CreditRules rules;
    private final CreditParameters parameters;
    private final BitSet online;
    private final CreditVcpus vcpus;
    private final RunQueues queues;
    private final CreditAccounting accounting;
    private final CpuPicker picker;
    private final Tickler tickler;
    private final LoadBalancer balancer;
    private final CreditMoves moves;
    private final Idlers idlers;
    private final BitSet idlersSeen;
    private final BitSet pokes;
    private final int[] current;
    private final LoadedState loaded;
    private final long[] runningSince;
    private final int[] sortEpochOf;
    private final VcpuTimes times;
    private boolean stealableSeen;
    private int sortEpoch;
    private long slice;
    private long firstInstruction;

    public CreditScheduler(
            Topology topology, BitSet poolCpus, CreditRules rules, CreditParameters parameters, VcpuTimes times) {
        int cpus = topology.cpus();
        this.rules = rules;
        this.parameters = parameters;
        this.times = times;
        this.online = (BitSet) poolCpus.clone();
        this.idlers = new Idlers(topology, poolCpus);
        this.idlersSeen = (BitSet) poolCpus.clone();
        this.pokes = new BitSet(cpus);
        this.vcpus = new CreditVcpus();
        this.queues = new RunQueues(vcpus, cpus);
        this.accounting = new CreditAccounting(vcpus, parameters, online);
        this.current = new int[cpus];
        this.loaded = new LoadedState(cpus);
        this.runningSince = new long[cpus];
        this.sortEpochOf = new int[cpus];
        Arrays.fill(current, IDLE);
        this.picker = new CpuPicker(topology, vcpus, queues, online, idlers);
        this.tickler = new Tickler(vcpus, rules, parameters, idlers, pokes, current);
        this.balancer = new LoadBalancer(topology, vcpus, queues, rules, parameters, online, idlers, current);
        this.moves = new CreditMoves(
                vcpus, queues, picker, online, idlers, pokes, current, (vcpu, waker) -> enqueue(vcpu, waker, false));
    }

    /** Adds a domain; its weight is at least 1, its cap in per cent of one pCPU, 0 for none. Returns its number here. */
    @Override
    public int addDomain(int weight, int cap) {
        return vcpus.addDomain(weight, cap);
    }

    /**
     * Adds a vCPU, blocked and paused by its controller, on {@code processor}; one outside its affinity is placed anew at
     * once, as setting the affinity of a paused vCPU does. Returns its number here.
     */
    @Override
    public int addVcpu(int domain, int processor, Affinity affinity) {
        BitSet hard = affinity.hard();
        int vcpu = vcpus.add(domain, processor, hard, usefulSoft(affinity));
        times.add();
        loaded.add(domain);
        if (rules.placedAtInsertion() || !hard.get(processor) || !online.get(processor)) {
            vcpus.processor[vcpu] = picker.pick(vcpu, true);
        }
        return vcpu;
    }

    /** A preference counts when it leaves out some pCPU of the pool that the vCPU may run on, and not all of them. */
    private @Nullable BitSet usefulSoft(Affinity affinity) {
        BitSet preferred = Masks.and(affinity.hard(), affinity.soft());
        boolean all = preferred.equals(affinity.hard()) || preferred.equals(Masks.and(affinity.hard(), online));
        return rules.softAffinity() && !all && !preferred.isEmpty() ? preferred : null;
    }

    @Override
    public int processor(int vcpu) {
        return vcpus.processor[vcpu];
    }

    /** The vCPU that a pCPU runs, or {@link #IDLE}. */
    @Override
    public int current(int cpu) {
        return current[cpu];
    }

    public int priority(int vcpu) {
        return vcpus.priority[vcpu];
    }

    public int credit(int vcpu) {
        return vcpus.credit[vcpu];
    }

    public int queueLength(int cpu) {
        return queues.length(cpu);
    }

    boolean hasIdlers() {
        return !idlers.isEmpty();
    }

    boolean isIdler(int cpu) {
        return idlers.get(cpu);
    }

    /** Whether other pCPUs are idle than at the last call, so that {@link #tickMatters} may answer anew anywhere. */
    public boolean takeIdlersNews() {
        if (idlers.cpus().equals(idlersSeen)) {
            return false;
        }
        idlersSeen.clear();
        idlersSeen.or(idlers.cpus());
        return picker.couldMoveSomebody();
    }

    /** The pCPUs to poke since the last call, in the order of their numbers. */
    @Override
    public BitSet takePokes() {
        BitSet taken = (BitSet) pokes.clone();
        pokes.clear();
        return taken;
    }

    @Override
    public boolean hasPokes() {
        return !pokes.isEmpty();
    }

    /** How long the vCPU that {@link #schedule} chose last may run, in ns; means nothing for the idle vCPU. */
    @Override
    public long slice() {
        return slice;
    }

    /** The current vCPU of a pCPU has gone to sleep in its guest; {@link #schedule} follows. */
    @Override
    public void block(int vcpu) {
        vcpus.blocked[vcpu] = true;
    }

    /** The current vCPU of a pCPU steps back behind one that is less urgent, if one waits; {@link #schedule} follows. */
    @Override
    public void yield(int vcpu) {
        vcpus.yielding[vcpu] = true;
    }

    /**
     * A vCPU has something to do.
     *
     * @param waker the pCPU on which the waking runs, which spreads its pokes over the idlers
     * @param dueSince when the timer or event behind it was due, or -1
     */
    @Override
    public void wake(int vcpu, long now, int waker, long dueSince) {
        vcpus.blocked[vcpu] = false;
        if (vcpus.runnable(vcpu)) {
            times.runnable(vcpu, now, dueSince);
            times.blame(vcpu, vcpus.processor[vcpu], waker);
            enqueue(vcpu, waker, !vcpus.parked[vcpu]);
        }
    }

    /** Takes one pause off; the vCPU wakes when it was the last and it has something to do. */
    @Override
    public void unpause(int vcpu, long now, int waker) {
        vcpus.pauses[vcpu]--;
        if (vcpus.runnable(vcpu)) {
            times.runnable(vcpu, now, -1);
            times.blame(vcpu, vcpus.processor[vcpu], waker);
            enqueue(vcpu, waker, !vcpus.parked[vcpu]);
        }
    }

    /**
     * Puts one more pause on; a vCPU that is queued leaves its queue, and the pCPU of one that runs is poked.
     *
     * @return whether it is on a pCPU, which gives it up as soon as it schedules
     */
    @Override
    public boolean pause(int vcpu, long now) {
        vcpus.pauses[vcpu]++;
        int cpu = vcpus.processor[vcpu];
        if (current[cpu] == vcpu) {
            pokes.set(cpu);
            return true;
        }
        if (queues.remove(cpu, vcpu)) {
            times.offline(vcpu, cpu, now);
        }
        return false;
    }

    /** Whether a pCPU runs it, or has not given it up yet. */
    @Override
    public boolean isOnCpu(int vcpu) {
        return vcpus.onCpu[vcpu];
    }

    /** pCPUs that still hold state of a domain of which nothing runs give it up. */
    @Override
    public void sync(int domain) {
        loaded.sync(domain, current);
    }

    /** A vCPU may run on these pCPUs only, at least one of the pool; it leaves its pCPU if that is none of them. */
    @Override
    public void setAffinity(int vcpu, BitSet hard, long now) {
        moves.setAffinity(vcpu, hard);
    }

    /** A pCPU that runs its idle vCPU goes out of use. It is not the last of the pool. */
    @Override
    public void offline(int cpu, long now) {
        moves.offline(cpu);
    }

    /** The pCPUs in use; must not be changed. */
    @Override
    public BitSet online() {
        return online;
    }

    /**
     * Moves what is queued on a tied pCPU to others, which no Xen does: for runs in which that mechanism is left out.
     *
     * @param free also those that may run elsewhere
     * @param pinned also those that may not
     */
    @Override
    public void evacuate(int cpu, boolean free, boolean pinned, long now) {
        moves.evacuate(cpu, free, pinned);
    }

    private void enqueue(int vcpu, int waker, boolean mayBoost) {
        int cpu = vcpus.processor[vcpu];
        if (current[cpu] == vcpu || queues.contains(cpu, vcpu)) {
            return;
        }
        if (mayBoost && vcpus.priority[vcpu] == Priority.UNDER) {
            vcpus.priority[vcpu] = Priority.BOOST;
        }
        queues.insert(cpu, vcpu);
        tickler.tickle(cpu, vcpu, waker);
    }

    /** The pCPU's 10 ms tick: un-boosts and charges its vCPU, makes it active, moves it if it is badly placed, sorts. */
    public void tick(int cpu, long now) {
        int vcpu = current[cpu];
        if (vcpu != IDLE) {
            if (vcpus.priority[vcpu] == Priority.BOOST) {
                vcpus.priority[vcpu] = Priority.UNDER;
            }
            vcpus.burn(vcpu, now);
            if (!vcpus.active[vcpu]) {
                accounting.start(vcpu);
            } else if (picker.pick(vcpu, false) != cpu) {
                vcpus.migrating[vcpu] = true;
                pokes.set(cpu);
            }
        }
        sort(cpu);
    }

    private void sort(int cpu) {
        if (sortEpochOf[cpu] != sortEpoch) {
            sortEpochOf[cpu] = sortEpoch;
            queues.sort(cpu);
        }
    }

    /** Whether the next tick of a pCPU would do more than charge the running vCPU. */
    public boolean tickMatters(int cpu) {
        int vcpu = current[cpu];
        if (vcpu == IDLE) {
            return false;
        }
        return vcpus.priority[vcpu] == Priority.BOOST
                || !vcpus.active[vcpu]
                || (sortEpochOf[cpu] != sortEpoch && queues.isUnsorted(cpu))
                || picker.wouldMove(vcpu, cpu);
    }

    /** Whether it is likely enough that it will come to matter before it is due, so that its timer had better be set. */
    public boolean tickMayMatterSoon(int cpu) {
        return tickMatters(cpu) || picker.mayMoveSoon();
    }

    /** Does what a tick does when {@link #tickMatters} is false: charges the running vCPU, and finds the queue sorted. */
    public void quietTick(int cpu, long now) {
        if (current[cpu] != IDLE) {
            quietSliceEnd(cpu, now);
            sortEpochOf[cpu] = sortEpoch;
        }
    }

    /** Does what the end of a slice does when {@link #sliceMatters} is false: charges the running vCPU. */
    public void quietSliceEnd(int cpu, long now) {
        int vcpu = current[cpu];
        if (vcpu != IDLE) {
            vcpus.burn(vcpu, now);
        }
    }

    /** Whether the end of the running vCPU's slice could put another one in its place. */
    public boolean sliceMatters(int cpu) {
        int vcpu = current[cpu];
        return vcpu != IDLE
                && (queues.length(cpu) > 0 || (vcpus.priority[vcpu] == Priority.OVER && isAnythingToSteal()));
    }

    /** Whether a vCPU is queued on a pCPU that runs another one: only from such does a pCPU steal. */
    private boolean isAnythingToSteal() {
        int unseen = queues.total();
        for (int cpu = 0; unseen > 0; cpu++) {
            int queued = queues.length(cpu);
            if (queued > 0 && current[cpu] != IDLE) {
                return true;
            }
            unseen -= queued;
        }
        return false;
    }

    /** Whether there is something to steal that was not there at the last call, so that {@link #sliceMatters} may answer anew. */
    public boolean takeQueueNews() {
        boolean before = stealableSeen;
        stealableSeen = isAnythingToSteal();
        return stealableSeen && !before;
    }

    /** The pool's accounting, once per time slice on its master. Returns false when no vCPU is active. */
    public boolean account(long now, int master) {
        boolean anybody = accounting.distribute(new CreditAccounting.Parking() {
            @Override
            public void park(int vcpu) {
                CreditScheduler.this.park(vcpu, now);
            }

            @Override
            public void unpark(int vcpu) {
                unpause(vcpu, now, master);
                vcpus.parked[vcpu] = false;
            }
        });
        if (anybody) {
            sortEpoch++;
        }
        return anybody;
    }

    /** Whether accounting would change anything. */
    public boolean accountingMatters() {
        return !accounting.isIdle();
    }

    private void park(int vcpu, long now) {
        vcpus.parked[vcpu] = true;
        vcpus.pauses[vcpu]++;
        int cpu = vcpus.processor[vcpu];
        if (current[cpu] == vcpu) {
            pokes.set(cpu);
        } else if (queues.remove(cpu, vcpu)) {
            times.offline(vcpu, cpu, now);
        }
    }

    /**
     * What a pCPU does in its SCHEDULE softirq. Returns the vCPU that runs now, or {@link #IDLE}; {@link #slice} then says
     * for how long, {@link #firstInstruction} from when on.
     *
     * @param pass what the pass over the softirqs takes, in ns
     * @param contextSwitch what is added when another vCPU's state must be loaded; the switch to idle is lazy
     * @param tasklet a tasklet waits for the idle vCPU, which is chosen whatever else could run
     */
    @Override
    public int schedule(int cpu, long now, long pass, long contextSwitch, boolean tasklet) {
        int previous = current[cpu];
        boolean runnable = previous != IDLE && vcpus.runnable(previous);
        slice = parameters.tsliceNs();
        firstInstruction = now + pass;
        if (previous != IDLE) {
            vcpus.burn(previous, now);
            vcpus.lastRan[previous] = now;
            if (runnable && !tasklet && keptByLimit(previous, now - runningSince[cpu])) {
                return previous;
            }
            vcpus.leaves(previous, now);
            if (runnable) {
                queues.insert(cpu, previous);
            }
            vcpus.yielding[previous] = false;
        }
        int next = tasklet ? IDLE : choose(cpu, now);
        if (next != IDLE) {
            queues.remove(cpu, next);
            vcpus.enters(next, now);
            if (loaded.load(cpu, next)) {
                firstInstruction += contextSwitch;
            }
        }
        idlers.set(cpu, next == IDLE && online.get(cpu));
        if (next != previous) {
            switchTo(cpu, previous, next, now);
        }
        return next;
    }

    /** Whether the rate limit keeps a runnable vCPU that has run for {@code ran} ns; sets the slice if it does. */
    private boolean keptByLimit(int vcpu, long ran) {
        long limit = parameters.ratelimitNs();
        if (ran >= limit || (rules.yieldBeatsLimit() && vcpus.yielding[vcpu])) {
            return false;
        }
        if (!rules.limitKeepsRemainder()) {
            slice = limit;
        } else {
            slice = ran < MIN_TIMER ? MIN_TIMER : limit - ran;
        }
        return true;
    }

    /** The head of the queue, unless that is OVER or idle and somebody else's queue has more urgent work. */
    private int choose(int cpu, long now) {
        int next = queues.length(cpu) == 0 ? IDLE : queues.at(cpu, 0);
        int priority = next == IDLE ? Priority.IDLE : vcpus.priority[next];
        if (priority > Priority.OVER) {
            return next;
        }
        int stolen = balancer.steal(cpu, priority, now);
        return stolen != IDLE ? stolen : next;
    }

    /** When the vCPU that {@link #schedule} chose last executes its first instruction. */
    @Override
    public long firstInstruction() {
        return firstInstruction;
    }

    /** How many pCPUs hold state of a domain, and so are in its dirty mask: at most one for each of its vCPUs. */
    @Override
    public int dirtyCpus(int domain) {
        return loaded.count(domain);
    }

    private void switchTo(int cpu, int previous, int next, long now) {
        current[cpu] = next;
        if (previous != IDLE) {
            vcpus.onCpu[previous] = false;
            times.stopped(previous, cpu, now, stateOf(previous));
        }
        if (next != IDLE) {
            vcpus.onCpu[next] = true;
            runningSince[cpu] = now;
            times.running(next, cpu, now, firstInstruction);
        }
        if (previous != IDLE && vcpus.migrating[previous]) {
            migrate(previous, now, cpu);
        }
    }

    private Runstate stateOf(int vcpu) {
        if (vcpus.blocked[vcpu]) {
            return Runstate.BLOCKED;
        }
        return vcpus.runnable(vcpu) ? Runstate.RUNNABLE : Runstate.OFFLINE;
    }

    private void migrate(int vcpu, long now, int waker) {
        vcpus.processor[vcpu] = picker.pick(vcpu, true);
        vcpus.migrating[vcpu] = false;
        if (vcpus.runnable(vcpu)) {
            times.runnable(vcpu, now, -1);
            enqueue(vcpu, waker, rules.moveBoosts() && !vcpus.parked[vcpu]);
        }
    }

    /** Visits the whole state; for snapshots and digests. */
    @Override
    public void fields(Fields f) {
        vcpus.fields(f, loaded);
        queues.fields(f);
        accounting.fields(f);
        times.fields(f);
        f.at("current", current);
        loaded.fieldsByCpu(f);
        f.at("running-since", runningSince);
        f.at("sort-epoch-of", sortEpochOf);
        tickler.fields(f);
        balancer.fields(f);
        picker.fields(f);
        moves.fields(f);
        stealableSeen = f.at("stealable-seen", stealableSeen);
        sortEpoch = f.at("sort-epoch", sortEpoch);
        slice = f.at("slice", slice);
        firstInstruction = f.at("first-instruction", firstInstruction);
        for (int cpu = 0; cpu < current.length; cpu++) {
            idlers.set(cpu, f.at("idler", idlers.get(cpu)));
            idlersSeen.set(cpu, f.at("idler-seen", idlersSeen.get(cpu)));
            pokes.set(cpu, f.at("poke", pokes.get(cpu)));
        }
    }
}
