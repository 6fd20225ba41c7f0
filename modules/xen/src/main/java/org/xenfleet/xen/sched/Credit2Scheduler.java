package org.xenfleet.xen.sched;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xenfleet.xen.Fields;

/**
 * The credit2 scheduler of one CPU pool: run queues that the pCPUs of a socket share, credits burnt by weight and reset
 * together, tickling with earmarks, the rate limit, yielding, caps, and the balance between run queues; as of Xen 4.17. There
 * is no tick and no accounting. Used by one thread.
 *
 * <p>A pCPU that is tied by a hypercall keeps its current vCPU, which goes on burning credit; all that wait in its run queue
 * are there for the other pCPUs, except those that may run nowhere else and the one for which it was poked.
 *
 * <p>Source: xen-semantics section 4.2.
 */
public final class Credit2Scheduler implements PoolScheduler {
    private final Credit2Parameters parameters;
    private final int cpus;
    private final Credit2Vcpus vcpus;
    private final List<Credit2RunQueue> queues;
    private final Credit2RunQueue[] queueOf;
    private final Credit2Budgets budgets;
    private final Credit2Credits credits;
    private final Credit2Tickler tickler;
    private final Credit2Balancer balancer;
    private final LoadedState loaded;
    private final BitSet pool;
    private final BitSet pokes;
    private final int[] current;
    private final long[] runningSince;
    private final VcpuTimes times;
    private long slice;
    private long firstInstruction;

    public Credit2Scheduler(Topology topology, BitSet poolCpus, Credit2Parameters parameters, VcpuTimes times) {
        this.parameters = parameters;
        this.cpus = topology.cpus();
        this.times = times;
        this.pool = (BitSet) poolCpus.clone();
        this.pokes = new BitSet(cpus);
        this.current = new int[cpus];
        this.runningSince = new long[cpus];
        this.vcpus = new Credit2Vcpus();
        this.queues = new ArrayList<>();
        this.queueOf = Credit2RunQueues.build(topology, pool, vcpus, queues);
        this.budgets = new Credit2Budgets(vcpus);
        this.credits = new Credit2Credits(vcpus, budgets, parameters, current, runningSince);
        this.tickler = new Credit2Tickler(vcpus, credits, current, pokes);
        this.balancer = new Credit2Balancer(vcpus, queues, this::move);
        this.loaded = new LoadedState(cpus);
        Arrays.fill(current, IDLE);
    }

    @Override
    public int addDomain(int weight, int cap) {
        budgets.addDomain(cap);
        return vcpus.addDomain(weight);
    }

    /** It joins the least loaded run queue that it may join. */
    @Override
    public int addVcpu(int domain, int processor, Affinity affinity) {
        int vcpu = vcpus.add(domain, processor, affinity.hard(), usefulSoft(affinity));
        times.add();
        loaded.add();
        budgets.addVcpu(domain);
        join(vcpu, balancer.place(vcpu));
        return vcpu;
    }

    /** A preference counts when it leaves out some pCPU of the pool that the vCPU may run on, and not all of them. */
    private @Nullable BitSet usefulSoft(Affinity affinity) {
        BitSet allowed = Masks.and(affinity.hard(), pool);
        BitSet preferred = Masks.and(allowed, affinity.soft());
        return preferred.isEmpty() || preferred.equals(allowed) ? null : preferred;
    }

    private void join(int vcpu, Credit2RunQueue queue) {
        BitSet soft = vcpus.soft[vcpu];
        boolean preferred = soft != null && soft.intersects(queue.cpus);
        queue.join(vcpu);
        vcpus.processor[vcpu] = queue.place(preferred ? soft : vcpus.hard[vcpu]);
    }

    @Override
    public int processor(int vcpu) {
        return vcpus.processor[vcpu];
    }

    @Override
    public int current(int cpu) {
        return current[cpu];
    }

    @Override
    public int dirtyCpus(int domain) {
        return loaded.count(domain, vcpus.domain);
    }

    public long credit(int vcpu) {
        return vcpus.credit[vcpu];
    }

    /** The pCPU that was poked for a waiting vCPU and has not rescheduled since, or -1: others leave the vCPU to it. */
    public int earmark(int vcpu) {
        int cpu = vcpus.earmark[vcpu];
        return cpu >= 0
                        && queueOf(vcpu).waiting.contains(vcpu)
                        && queueOf(vcpu).tickled.get(cpu)
                ? cpu
                : -1;
    }

    /** How many wait in the run queue of a pCPU. */
    public int queueLength(int cpu) {
        return queueOf[cpu].waiting.size();
    }

    int loadOf(int cpu) {
        return queueOf[cpu].load();
    }

    private Credit2RunQueue queueOf(int vcpu) {
        return queues.get(vcpus.queue[vcpu]);
    }

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

    @Override
    public long slice() {
        return slice;
    }

    @Override
    public long firstInstruction() {
        return firstInstruction;
    }

    @Override
    public void block(int vcpu) {
        vcpus.blocked[vcpu] = true;
    }

    @Override
    public void yield(int vcpu) {
        vcpus.yielding[vcpu] = true;
    }

    @Override
    public void wake(int vcpu, long now, int waker, long dueSince) {
        vcpus.blocked[vcpu] = false;
        if (vcpus.runnable(vcpu)) {
            times.runnable(vcpu, now, dueSince);
            enqueue(vcpu, now);
            times.blame(vcpu, waitsFor(vcpu), waker);
        }
    }

    @Override
    public void unpause(int vcpu, long now, int waker) {
        vcpus.pauses[vcpu]--;
        if (vcpus.runnable(vcpu)) {
            times.runnable(vcpu, now, -1);
            enqueue(vcpu, now);
            times.blame(vcpu, waitsFor(vcpu), waker);
        }
    }

    /** The one that was poked for it. */
    @Override
    public int waitsFor(int vcpu) {
        return vcpus.earmark[vcpu] >= 0 ? vcpus.earmark[vcpu] : vcpus.processor[vcpu];
    }

    private void enqueue(int vcpu, long now) {
        Credit2RunQueue queue = queueOf(vcpu);
        if (isOnCpu(vcpu) || queue.waiting.contains(vcpu)) {
            return;
        }
        vcpus.seeLoad(vcpu, false, now);
        queue.changeLoad(1, now);
        queue.insert(vcpu);
        tickler.tickle(queue, vcpu, now);
    }

    @Override
    public boolean isOnCpu(int vcpu) {
        return current[vcpus.processor[vcpu]] == vcpu;
    }

    @Override
    public boolean pause(int vcpu, long now) {
        vcpus.pauses[vcpu]++;
        if (isOnCpu(vcpu)) {
            tickler.poke(queueOf(vcpu), vcpus.processor[vcpu]);
            return true;
        }
        if (dequeue(vcpu, now)) {
            times.offline(vcpu, vcpus.processor[vcpu], now);
        }
        return false;
    }

    private boolean dequeue(int vcpu, long now) {
        Credit2RunQueue queue = queueOf(vcpu);
        boolean waited = queue.waiting.remove(vcpu);
        if (waited) {
            vcpus.seeLoad(vcpu, true, now);
            queue.changeLoad(-1, now);
        }
        return waited;
    }

    @Override
    public void setAffinity(int vcpu, BitSet hard, long now) {
        if (!hard.intersects(pool)) {
            throw new IllegalArgumentException("a hard affinity names a pCPU of the pool, which has " + pool + "; "
                    + hard + " of vCPU " + vcpu + " names none");
        }
        vcpus.hard[vcpu] = hard;
        BitSet soft = vcpus.soft[vcpu];
        vcpus.soft[vcpu] = soft == null ? null : usefulSoft(new Affinity(hard, soft));
        if (isOnCpu(vcpu)) {
            vcpus.migrating[vcpu] = true;
            tickler.poke(queueOf(vcpu), vcpus.processor[vcpu]);
        } else {
            dequeue(vcpu, now);
            relocate(vcpu, now);
        }
    }

    @Override
    public void sync(int domain) {
        loaded.sync(domain, vcpus.domain, current);
    }

    /** Who may run nowhere else may run anywhere from then on. */
    @Override
    public void offline(int cpu, long now) {
        pool.clear(cpu);
        queueOf[cpu].removeCpu(cpu);
        for (int vcpu = 0; vcpu < vcpus.size; vcpu++) {
            if (!vcpus.hard[vcpu].intersects(pool)) {
                vcpus.hard[vcpu] = (BitSet) pool.clone();
                vcpus.soft[vcpu] = null;
            }
            if (vcpus.processor[vcpu] == cpu) {
                dequeue(vcpu, now);
                relocate(vcpu, now);
            }
        }
    }

    @Override
    public BitSet online() {
        return pool;
    }

    /** The one that is left to the pCPU is left to anybody; those that may run nowhere else may run anywhere. */
    @Override
    public void evacuate(int cpu, boolean free, boolean pinned, long now) {
        Credit2RunQueue queue = queueOf[cpu];
        BitSet elsewhere = (BitSet) pool.clone();
        elsewhere.clear(cpu);
        for (int vcpu : queue.waiting.toArray()) {
            boolean onlyHere = !vcpus.hard[vcpu].intersects(elsewhere);
            if (onlyHere ? pinned : free && earmark(vcpu) == cpu) {
                vcpus.earmark[vcpu] = Credit2Vcpus.NONE;
                vcpus.hard[vcpu] = onlyHere ? (BitSet) elsewhere.clone() : vcpus.hard[vcpu];
                dequeue(vcpu, now);
                relocate(vcpu, now);
            }
        }
    }

    /** Finds a place for a vCPU that neither runs nor waits, and lets it wait there if it wants to run. */
    private void relocate(int vcpu, long now) {
        int target = vcpus.migratesTo[vcpu];
        vcpus.migratesTo[vcpu] = Credit2Vcpus.NONE;
        Credit2RunQueue to = target != Credit2Vcpus.NONE && vcpus.hard[vcpu].intersects(queues.get(target).cpus)
                ? queues.get(target)
                : balancer.place(vcpu);
        queueOf(vcpu).leave(vcpu);
        join(vcpu, to);
        vcpus.migrating[vcpu] = false;
        if (vcpus.runnable(vcpu)) {
            times.runnable(vcpu, now, -1);
            enqueue(vcpu, now);
        }
    }

    /** As the balance wants it: at once, or, if the vCPU runs, when its pCPU reschedules. */
    private void move(int vcpu, Credit2RunQueue to, long now) {
        Credit2RunQueue from = queueOf(vcpu);
        boolean waits = from.waiting.contains(vcpu);
        if (!waits && vcpus.runnable(vcpu)) {
            vcpus.migrating[vcpu] = true;
            vcpus.migratesTo[vcpu] = to.number;
            tickler.poke(from, vcpus.processor[vcpu]);
            return;
        }
        if (waits) {
            from.waiting.remove(vcpu);
            from.changeLoad(-1, now);
        }
        from.leave(vcpu);
        to.join(vcpu);
        vcpus.processor[vcpu] = to.place(vcpus.hard[vcpu]);
        if (waits) {
            to.changeLoad(1, now);
            to.insert(vcpu);
            tickler.tickle(to, vcpu, now);
        }
    }

    @Override
    public int schedule(int cpu, long now, long pass, long contextSwitch, boolean tasklet) {
        Credit2RunQueue queue = queueOf[cpu];
        int previous = current[cpu];
        queue.tickled.clear(cpu);
        firstInstruction = now + pass;
        if (previous != IDLE) {
            credits.burn(queue, previous, now);
            budgets.grab(previous, now);
        }
        int next = tasklet ? IDLE : candidate(queue, cpu, previous, now);
        if (previous != IDLE) {
            vcpus.yielding[previous] = false;
        }
        if (next == IDLE) {
            queue.idle.set(cpu, !tasklet && pool.get(cpu));
            queue.changeLoad(0, now);
        } else {
            take(queue, cpu, next, now);
            slice = credits.slice(queue, next, next == previous, cpu, now);
            if (loaded.load(cpu, next)) {
                firstInstruction += contextSwitch;
            }
        }
        if (next != previous) {
            switchTo(queue, cpu, previous, next, now);
        }
        return next;
    }

    /**
     * Who goes on or comes next: the first who waits, may run here, is not left to another pCPU, and is worth being pulled
     * from its own; but only if it has more credit than the vCPU that runs here, or that one yields.
     */
    private int candidate(Credit2RunQueue queue, int cpu, int running, long now) {
        boolean yields = running != IDLE && vcpus.yielding[running];
        boolean goesOn = running != IDLE && vcpus.runnable(running);
        if (goesOn && !yields && credits.isKeptByLimit(cpu, now)) {
            return running;
        }
        int best = goesOn && !isBetterElsewhere(queue, running, cpu) ? running : IDLE;
        for (int i = 0; i < queue.waiting.size(); i++) {
            int vcpu = queue.waiting.at(i);
            long lead = vcpus.credit[vcpu] - credits.creditOf(best);
            boolean stays = vcpus.processor[vcpu] != cpu && lead < Credit2Parameters.MIGRATE_RESIST;
            if (vcpus.hard[vcpu].get(cpu) && !isLeftToAnother(queue, vcpu, cpu) && !stays) {
                return (yields || lead > 0) && hasBudget(queue, vcpu, now) ? vcpu : best;
            }
        }
        return best;
    }

    /** Whether a waiting vCPU could run; one that has no budget is parked and waits no more. */
    private boolean hasBudget(Credit2RunQueue queue, int vcpu, long now) {
        if (budgets.grab(vcpu, now)) {
            return true;
        }
        dequeue(vcpu, now);
        times.offline(vcpu, vcpus.processor[vcpu], now);
        return false;
    }

    /** Whether a running vCPU does not prefer its pCPU and finds an idle one of its run queue that it prefers. */
    private boolean isBetterElsewhere(Credit2RunQueue queue, int vcpu, int cpu) {
        BitSet soft = vcpus.soft[vcpu];
        return soft != null && !soft.get(cpu) && queue.idler(cpu, soft) >= 0;
    }

    private void take(Credit2RunQueue queue, int cpu, int next, long now) {
        queue.waiting.remove(next);
        queue.idle.clear(cpu);
        boolean pulled = vcpus.processor[next] != cpu;
        vcpus.processor[next] = cpu;
        long best = vcpus.credit[next];
        if (!queue.waiting.isEmpty()) {
            best = Math.max(best, vcpus.credit[queue.waiting.at(0)]);
        }
        if (best <= 0) {
            credits.reset(queue, next, now);
            pokeTheSpent(queue);
            balancer.balance(queue, now);
        }
        vcpus.chargedTo[next] = now;
        vcpus.earmark[next] = Credit2Vcpus.NONE;
        if (pulled) {
            vcpus.credit[next] += Credit2Parameters.MIGRATE_COMPENSATION;
        }
    }

    /** A reset has charged those that run; whose budget is spent gives up its pCPU. */
    private void pokeTheSpent(Credit2RunQueue queue) {
        for (int i = 0; i < queue.members.size(); i++) {
            int vcpu = queue.members.at(i);
            if (isOnCpu(vcpu) && budgets.isSpent(vcpu)) {
                tickler.poke(queue, vcpus.processor[vcpu]);
            }
        }
    }

    private void switchTo(Credit2RunQueue queue, int cpu, int previous, int next, long now) {
        current[cpu] = next;
        if (previous != IDLE) {
            times.stopped(previous, cpu, now, stateOf(previous));
        }
        if (next != IDLE) {
            runningSince[cpu] = now;
            times.running(next, cpu, now, firstInstruction);
        }
        if (previous != IDLE) {
            leave(queue, previous, now);
        }
    }

    private Runstate stateOf(int vcpu) {
        if (vcpus.blocked[vcpu]) {
            return Runstate.BLOCKED;
        }
        return vcpus.runnable(vcpu) ? Runstate.RUNNABLE : Runstate.OFFLINE;
    }

    /** A vCPU has left its pCPU; one that still wants to run looks for another. */
    private void leave(Credit2RunQueue queue, int vcpu, long now) {
        int[] unparked = budgets.giveBack(vcpu);
        if (vcpus.runnable(vcpu)) {
            queue.insert(vcpu);
            tickler.tickle(queue, vcpu, now);
        } else {
            vcpus.seeLoad(vcpu, true, now);
            queue.changeLoad(-1, now);
            if (vcpus.migrating[vcpu]) {
                relocate(vcpu, now);
            }
        }
        resume(unparked, now);
    }

    /** Those that were parked wait again, if nothing else keeps them from it. */
    private void resume(int[] unparked, long now) {
        for (int vcpu : unparked) {
            if (vcpus.runnable(vcpu)) {
                times.runnable(vcpu, now, -1);
                enqueue(vcpu, now);
            }
        }
    }

    /** When the budgets of capped domains next need {@link #replenish}; Long.MAX_VALUE for never, as things stand. */
    public long replenishmentDue() {
        return budgets.due(false);
    }

    /** When they would be replenished at all, even if they are full. */
    public long nextReplenishment() {
        return budgets.due(true);
    }

    /** Gives the capped domains for which it is time their budget anew. */
    public void replenish(long now) {
        resume(budgets.replenish(now), now);
    }

    /** Whether the run queue of a pCPU has an idle one that nobody has been given yet. */
    public boolean hasIdlerBeside(int cpu) {
        Credit2RunQueue queue = queueOf[cpu];
        return queue.idler(cpu, queue.cpus) >= 0;
    }

    /** Whether the end of the running vCPU's slice could do more than give it another. */
    public boolean sliceMatters(int cpu) {
        int vcpu = current[cpu];
        Credit2RunQueue queue = queueOf[cpu];
        return vcpu != IDLE
                && (isAnybodyForIt(queue, cpu)
                        || !vcpus.runnable(vcpu)
                        || isAnyCapped(queue)
                        || (vcpus.soft[vcpu] != null && !vcpus.soft[vcpu].get(cpu))
                        || balancer.mayMove(queue));
    }

    /** Whether a capped vCPU runs: any reset may find that its budget is spent. */
    private boolean isAnyCapped(Credit2RunQueue queue) {
        for (int cpu = queue.cpus.nextSetBit(0); cpu >= 0; cpu = queue.cpus.nextSetBit(cpu + 1)) {
            if (current[cpu] != IDLE && budgets.isCapped(current[cpu])) {
                return true;
            }
        }
        return false;
    }

    /** Whether somebody waits who may run on a pCPU and is not left to another. */
    private boolean isAnybodyForIt(Credit2RunQueue queue, int cpu) {
        for (int i = 0; i < queue.waiting.size(); i++) {
            int vcpu = queue.waiting.at(i);
            if (vcpus.hard[vcpu].get(cpu) && !isLeftToAnother(queue, vcpu, cpu)) {
                return true;
            }
        }
        return false;
    }

    private boolean isLeftToAnother(Credit2RunQueue queue, int vcpu, int cpu) {
        int earmark = vcpus.earmark[vcpu];
        return earmark >= 0 && earmark != cpu && queue.tickled.get(earmark);
    }

    /** Does what the end of a slice does when {@link #sliceMatters} is false: the vCPU pays and gets the next slice. */
    public void quietSliceEnd(int cpu, long now) {
        long said = firstInstruction;
        schedule(cpu, now, 0, 0);
        firstInstruction = said;
    }

    @Override
    public void fields(Fields f) {
        vcpus.fields(cpus, f);
        for (Credit2RunQueue queue : queues) {
            queue.fields(f);
        }
        budgets.fields(f);
        times.fields(f);
        loaded.fields(f);
        f.at("current", current);
        f.at("running-since", runningSince);
        slice = f.at("slice", slice);
        firstInstruction = f.at("first-instruction", firstInstruction);
        Masks.fields("online", pool, cpus, f);
        Masks.fields("poke", pokes, cpus, f);
    }
}
