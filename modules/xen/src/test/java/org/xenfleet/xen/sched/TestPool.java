package org.xenfleet.xen.sched;

import java.util.BitSet;
import java.util.List;

/** A pool whose scheduler a test drives by hand, in ms; every vCPU has a domain of its own and is unpaused. */
final class TestPool {
    static final long MS = 1_000_000L;
    static final int IDLE = CreditScheduler.IDLE;

    final CreditScheduler scheduler;
    private final int cpus;

    TestPool(Topology topology, CreditRules rules, CreditParameters parameters) {
        this.cpus = topology.cpus();
        this.scheduler =
                new CreditScheduler(topology, cpus(0, cpus), rules, parameters, new VcpuTimes(new Ignored(), 0));
    }

    /** Of Xen 4.4. */
    TestPool(Topology topology, CreditParameters parameters) {
        this(topology, CreditRules.V4_4, parameters);
    }

    static TestPool of(int cpus) {
        return new TestPool(new Topology(cpus, 1, 1), CreditParameters.DEFAULT);
    }

    static BitSet cpus(int from, int to) {
        BitSet mask = new BitSet();
        mask.set(from, to);
        return mask;
    }

    int vcpu(int cpu, BitSet affinity, int weight, int cap) {
        int vcpu = scheduler.addVcpu(scheduler.addDomain(weight, cap), cpu, Affinity.hard(affinity));
        scheduler.unpause(vcpu, 0, cpu);
        return vcpu;
    }

    /** Floats, born on {@code cpu}. */
    int vcpu(int cpu) {
        return vcpu(cpu, cpus(0, cpus), CreditParameters.DEFAULT_WEIGHT, 0);
    }

    int pinned(int cpu) {
        return vcpu(cpu, cpus(cpu, cpu + 1), CreditParameters.DEFAULT_WEIGHT, 0);
    }

    /** May run everywhere, would rather run on {@code cpu}. */
    int preferring(int cpu) {
        Affinity affinity = new Affinity(cpus(0, cpus), cpus(cpu, cpu + 1));
        int vcpu = scheduler.addVcpu(scheduler.addDomain(CreditParameters.DEFAULT_WEIGHT, 0), cpu, affinity);
        scheduler.unpause(vcpu, 0, cpu);
        return vcpu;
    }

    void wake(int vcpu, long ms) {
        scheduler.wake(vcpu, ms * MS, scheduler.processor(vcpu), -1);
    }

    int schedule(int cpu, long ms) {
        return scheduler.schedule(cpu, ms * MS, 0, 0);
    }

    void tick(int cpu, long ms) {
        scheduler.tick(cpu, ms * MS);
    }

    boolean account(long ms) {
        return scheduler.account(ms * MS, 0);
    }

    /** Goes to sleep on the pCPU on which it runs. Returns who runs there next. */
    int block(int vcpu, int cpu, long ms) {
        scheduler.block(vcpu);
        return schedule(cpu, ms);
    }

    /** Wakes and runs; forgets the pokes of that. */
    void run(int vcpu, int cpu, long ms) {
        wake(vcpu, ms);
        schedule(cpu, ms);
        pokes();
    }

    /** Runs it until it is over its credit: 3.6 s, an active vCPU's debt of 36,000, cut to 300 by the accounting. */
    void makeOver(int vcpu, int cpu, long ms) {
        run(vcpu, cpu, ms);
        tick(cpu, ms + 3600);
        account(ms + 3600);
        pokes();
    }

    List<Integer> pokes() {
        return scheduler.takePokes().stream().boxed().toList();
    }

    private static final class Ignored implements VcpuTimes.Listener {
        @Override
        public void ran(int vcpu, int cpu, long start, long end) {}

        @Override
        public void waited(int vcpu, int cpu, long start, long end) {}

        @Override
        public void late(int vcpu, int cpu, long due, long firstInstruction) {}
    }
}
