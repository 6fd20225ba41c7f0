package org.xenfleet.xen.sched;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
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
    private final int cpus;
    private final Credit2Vcpus vcpus;
    private final List<Credit2RunQueue> queues;
    private final Credit2RunQueue[] queueOf;
    private final Credit2Budgets budgets;
    private final Credit2Credits credits;
    private final Credit2Tickler tickler;
    private final Credit2Moves moves;
    private final Credit2Chooser chooser;
    private final LoadedState loaded;
    private final BitSet pool;
    private final BitSet pokes;
    private final int[] current;
    private final long[] runningSince;
    private final VcpuTimes times;
    private long slice;
    private long firstInstruction;

    public Credit2Scheduler(Topology topology, BitSet poolCpus, Credit2Parameters parameters, VcpuTimes times) {
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
        this.moves = new Credit2Moves(vcpus, queues, tickler, times, pool, current);
        this.chooser = new Credit2Chooser(vcpus, budgets, credits, moves.balancer(), times, current);
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
        int vcpu = vcpus.add(domain, processor, affinity.hard(), moves.usefulSoft(affinity));
        times.add();
        loaded.add(domain);
        budgets.addVcpu(domain);
        moves.add(vcpu);
        return vcpu;
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
        return loaded.count(domain);
    }

    public long credit(int vcpu) {
        return vcpus.credit[vcpu];
    }

    /** How many wait in the run queue of a pCPU. */
    public int queueLength(int cpu) {
        return queueOf[cpu].waiting.size();
    }

    int loadOf(int cpu) {
        return queueOf[cpu].load();
    }

    /** The pCPU that was poked for a waiting vCPU and has not rescheduled since, or -1: others leave the vCPU to it. */
    public int earmark(int vcpu) {
        return moves.earmark(vcpu);
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
            moves.enqueue(vcpu, now);
            times.blame(vcpu, waitsFor(vcpu), waker);
        }
    }

    @Override
    public void unpause(int vcpu, long now, int waker) {
        vcpus.pauses[vcpu]--;
        if (vcpus.runnable(vcpu)) {
            times.runnable(vcpu, now, -1);
            moves.enqueue(vcpu, now);
            times.blame(vcpu, waitsFor(vcpu), waker);
        }
    }

    /** The one that was poked for it. */
    @Override
    public int waitsFor(int vcpu) {
        return vcpus.earmark[vcpu] >= 0 ? vcpus.earmark[vcpu] : vcpus.processor[vcpu];
    }

    @Override
    public boolean isOnCpu(int vcpu) {
        return moves.isOnCpu(vcpu);
    }

    @Override
    public boolean pause(int vcpu, long now) {
        vcpus.pauses[vcpu]++;
        if (isOnCpu(vcpu)) {
            tickler.poke(moves.queueOf(vcpu), vcpus.processor[vcpu]);
            return true;
        }
        if (moves.queueOf(vcpu).dequeue(vcpu, now)) {
            times.offline(vcpu, vcpus.processor[vcpu], now);
        }
        return false;
    }

    @Override
    public void sync(int domain) {
        loaded.sync(domain, current);
    }

    @Override
    public void setAffinity(int vcpu, BitSet hard, long now) {
        moves.setAffinity(vcpu, hard, now);
    }

    @Override
    public void offline(int cpu, long now) {
        moves.offline(cpu, queueOf[cpu], now);
    }

    @Override
    public void evacuate(int cpu, boolean free, boolean pinned, long now) {
        moves.evacuate(cpu, queueOf[cpu], free, pinned, now);
    }

    @Override
    public BitSet online() {
        return pool;
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
        int next = tasklet ? IDLE : chooser.candidate(queue, cpu, previous, now);
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
            moves.balancer().balance(queue, now);
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
                moves.relocate(vcpu, now);
            }
        }
        moves.resume(unparked, now);
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
        moves.resume(budgets.replenish(now), now);
    }

    /** Whether the run queue of a pCPU has an idle one that nobody has been given yet. */
    public boolean hasIdlerBeside(int cpu) {
        return queueOf[cpu].idler(cpu, queueOf[cpu].cpus) >= 0;
    }

    /** Whether the end of the running vCPU's slice could do more than give it another. */
    public boolean sliceMatters(int cpu) {
        return chooser.sliceMatters(queueOf[cpu], cpu);
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
