package org.xenfleet.xen.sched;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.xenfleet.xen.Fields;

/**
 * The null scheduler of one CPU pool: a vCPU is assigned to a pCPU of its own and runs there whenever it wants to. There are
 * no slices, no timers, no stealing and neither weights nor caps; who finds no free pCPU waits until one that it may use is
 * given up. Used by one thread.
 *
 * <p>A tied pCPU hurts the vCPU that is assigned to it and nobody else.
 *
 * <p>Source: xen-semantics section 4.3.
 */
public final class NullScheduler implements PoolScheduler {
    private static final int FREE = -1;
    private static final long NO_SLICE = Long.MAX_VALUE;

    private final int cpus;
    private final BitSet pool;
    private final BitSet pokes;
    /** By pCPU, the vCPU that it belongs to, or FREE. */
    private final int[] assigned;

    private final int[] current;
    /** Who has no pCPU, in the order of coming. */
    private final VcpuList unassigned = new VcpuList();

    private final LoadedState loaded;
    private final VcpuTimes times;
    private BitSet[] hard = new BitSet[0];
    /** The preferred pCPUs among the hard ones; null where the preference says nothing. */
    @Nullable
    private BitSet[] soft = new BitSet[0];

    private int domains;
    private int[] domain = new int[0];
    private int[] processor = new int[0];
    private boolean[] blocked = new boolean[0];
    private boolean[] migrating = new boolean[0];
    private int[] pauses = new int[0];
    private long firstInstruction;

    public NullScheduler(Topology topology, BitSet poolCpus, VcpuTimes times) {
        this.cpus = topology.cpus();
        this.pool = (BitSet) poolCpus.clone();
        this.pokes = new BitSet(cpus);
        this.assigned = new int[cpus];
        this.current = new int[cpus];
        this.loaded = new LoadedState(cpus);
        this.times = times;
        Arrays.fill(assigned, FREE);
        Arrays.fill(current, IDLE);
    }

    /** Weights and caps mean nothing here. */
    @Override
    public int addDomain(int weight, int cap) {
        return domains++;
    }

    /** It is assigned to its processor if that is free, else to the first free pCPU that it prefers or may use. */
    @Override
    public int addVcpu(int ofDomain, int createdOn, Affinity affinity) {
        int vcpu = domain.length;
        domain = Arrays.copyOf(domain, vcpu + 1);
        processor = Arrays.copyOf(processor, vcpu + 1);
        blocked = Arrays.copyOf(blocked, vcpu + 1);
        migrating = Arrays.copyOf(migrating, vcpu + 1);
        pauses = Arrays.copyOf(pauses, vcpu + 1);
        hard = Arrays.copyOf(hard, vcpu + 1);
        soft = Arrays.copyOf(soft, vcpu + 1);
        domain[vcpu] = ofDomain;
        processor[vcpu] = createdOn;
        blocked[vcpu] = true;
        pauses[vcpu] = 1;
        hard[vcpu] = affinity.hard();
        soft[vcpu] = usefulSoft(affinity);
        times.add();
        loaded.add(ofDomain);
        place(vcpu);
        return vcpu;
    }

    private @Nullable BitSet usefulSoft(Affinity affinity) {
        BitSet allowed = Masks.and(affinity.hard(), pool);
        BitSet preferred = Masks.and(allowed, affinity.soft());
        return preferred.isEmpty() || preferred.equals(allowed) ? null : preferred;
    }

    /** Assigns a vCPU without a pCPU to a free one, or lets it wait for one. */
    private void place(int vcpu) {
        int cpu = pick(vcpu);
        processor[vcpu] = cpu;
        if (assigned[cpu] == FREE) {
            assigned[cpu] = vcpu;
        } else {
            unassigned.add(vcpu);
        }
    }

    private int pick(int vcpu) {
        BitSet preferred = soft[vcpu];
        BitSet allowed = Masks.and(hard[vcpu], pool);
        if (allowed.isEmpty()) {
            throw new IllegalArgumentException(
                    "vCPU " + vcpu + " of the pool may run on none of its pCPUs " + pool + ": " + hard[vcpu]);
        }
        int cpu = preferred == null ? FREE : free(Masks.and(preferred, pool), processor[vcpu]);
        if (cpu == FREE) {
            cpu = free(allowed, processor[vcpu]);
        }
        return cpu == FREE ? allowed.nextSetBit(0) : cpu;
    }

    private int free(BitSet mask, int first) {
        if (mask.get(first) && assigned[first] == FREE) {
            return first;
        }
        for (int cpu = mask.nextSetBit(0); cpu >= 0; cpu = mask.nextSetBit(cpu + 1)) {
            if (assigned[cpu] == FREE) {
                return cpu;
            }
        }
        return FREE;
    }

    @Override
    public int processor(int vcpu) {
        return processor[vcpu];
    }

    @Override
    public int current(int cpu) {
        return current[cpu];
    }

    /** Whether a pCPU belongs to the vCPU; else it waits until one is given up. */
    public boolean isAssigned(int vcpu) {
        return assigned[processor[vcpu]] == vcpu;
    }

    @Override
    public int dirtyCpus(int ofDomain) {
        return loaded.count(ofDomain);
    }

    private boolean runnable(int vcpu) {
        return !blocked[vcpu] && !migrating[vcpu] && pauses[vcpu] == 0;
    }

    @Override
    public void wake(int vcpu, long now, int waker, long dueSince) {
        blocked[vcpu] = false;
        times.blame(vcpu, processor[vcpu], waker);
        becomeRunnable(vcpu, now, dueSince);
    }

    @Override
    public void unpause(int vcpu, long now, int waker) {
        pauses[vcpu]--;
        times.blame(vcpu, processor[vcpu], waker);
        becomeRunnable(vcpu, now, -1);
    }

    private void becomeRunnable(int vcpu, long now, long dueSince) {
        if (!runnable(vcpu)) {
            return;
        }
        times.runnable(vcpu, now, dueSince);
        if (isAssigned(vcpu) && !isOnCpu(vcpu)) {
            pokes.set(processor[vcpu]);
        }
    }

    @Override
    public void block(int vcpu) {
        blocked[vcpu] = true;
    }

    /** There is nobody to whom it could offer its pCPU. */
    @Override
    public void yield(int vcpu) {}

    @Override
    public boolean pause(int vcpu, long now) {
        pauses[vcpu]++;
        if (isOnCpu(vcpu)) {
            pokes.set(processor[vcpu]);
            return true;
        }
        times.offline(vcpu, processor[vcpu], now);
        return false;
    }

    @Override
    public boolean isOnCpu(int vcpu) {
        return current[processor[vcpu]] == vcpu;
    }

    @Override
    public void sync(int ofDomain) {
        loaded.sync(ofDomain, current);
    }

    @Override
    public void setAffinity(int vcpu, BitSet mask, long now) {
        if (!mask.intersects(pool)) {
            throw new IllegalArgumentException("a hard affinity names a pCPU of the pool, which has " + pool + "; "
                    + mask + " of vCPU " + vcpu + " names none");
        }
        BitSet preferred = soft[vcpu];
        hard[vcpu] = mask;
        soft[vcpu] = preferred == null ? null : usefulSoft(new Affinity(mask, preferred));
        if (isOnCpu(vcpu)) {
            migrating[vcpu] = true;
            pokes.set(processor[vcpu]);
        } else {
            relocate(vcpu, now);
        }
    }

    /** Who may run nowhere else may run anywhere from then on. */
    @Override
    public void offline(int cpu, long now) {
        pool.clear(cpu);
        for (int vcpu = 0; vcpu < domain.length; vcpu++) {
            if (!hard[vcpu].intersects(pool)) {
                hard[vcpu] = (BitSet) pool.clone();
                soft[vcpu] = null;
            }
            if (processor[vcpu] == cpu) {
                relocate(vcpu, now);
            }
        }
    }

    @Override
    public BitSet online() {
        return pool;
    }

    /** Nobody but the vCPU that runs there could run there. */
    @Override
    public void evacuate(int cpu, boolean free, boolean pinned, long now) {}

    /** Looks for a place anew; the pCPU that it gives up goes to the first who waits for it. */
    private void relocate(int vcpu, long now) {
        migrating[vcpu] = false;
        int old = processor[vcpu];
        boolean owns = isAssigned(vcpu);
        if (!owns || !mayStay(vcpu, old)) {
            unassigned.remove(vcpu);
            if (owns) {
                giveUp(old);
            }
            place(vcpu);
        }
        becomeRunnable(vcpu, now, -1);
    }

    private boolean mayStay(int vcpu, int cpu) {
        BitSet preferred = soft[vcpu];
        return pool.get(cpu)
                && hard[vcpu].get(cpu)
                && (preferred == null || preferred.get(cpu) || free(Masks.and(preferred, pool), cpu) == FREE);
    }

    private void giveUp(int cpu) {
        assigned[cpu] = FREE;
        int heir = pool.get(cpu) ? heir(cpu) : FREE;
        if (heir != FREE) {
            unassigned.remove(heir);
            assigned[cpu] = heir;
            processor[heir] = cpu;
            pokes.set(cpu);
        }
    }

    private int heir(int cpu) {
        int heir = FREE;
        for (int i = 0; i < unassigned.size(); i++) {
            int vcpu = unassigned.at(i);
            BitSet preferred = soft[vcpu];
            if (preferred != null && preferred.get(cpu)) {
                return vcpu;
            }
            if (heir == FREE && hard[vcpu].get(cpu)) {
                heir = vcpu;
            }
        }
        return heir;
    }

    @Override
    public int schedule(int cpu, long now, long pass, long contextSwitch, boolean tasklet) {
        int previous = current[cpu];
        int owner = assigned[cpu];
        int next = owner != FREE && !tasklet && runnable(owner) ? owner : IDLE;
        firstInstruction = now + pass;
        if (next != IDLE && loaded.load(cpu, next)) {
            firstInstruction += contextSwitch;
        }
        if (next != previous) {
            current[cpu] = next;
            if (previous != IDLE) {
                times.stopped(previous, cpu, now, stateOf(previous));
            }
            if (next != IDLE) {
                times.running(next, cpu, now, firstInstruction);
            }
            if (previous != IDLE && migrating[previous]) {
                relocate(previous, now);
            }
        }
        return next;
    }

    private Runstate stateOf(int vcpu) {
        if (blocked[vcpu]) {
            return Runstate.BLOCKED;
        }
        return runnable(vcpu) ? Runstate.RUNNABLE : Runstate.OFFLINE;
    }

    /** For ever. */
    @Override
    public long slice() {
        return NO_SLICE;
    }

    @Override
    public long firstInstruction() {
        return firstInstruction;
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
    public void fields(Fields f) {
        f.at("assigned", assigned);
        f.at("current", current);
        unassigned.fields("unassigned-vcpu", f);
        f.at("processor", processor);
        f.at("blocked", blocked);
        f.at("migrating", migrating);
        f.at("pauses", pauses);
        Masks.fields("may-run-on", hard, cpus, f);
        Masks.fields("prefers", soft, cpus, f);
        times.fields(f);
        loaded.fields(f);
        firstInstruction = f.at("first-instruction", firstInstruction);
        Masks.fields("online", pool, cpus, f);
        Masks.fields("poke", pokes, cpus, f);
    }
}
