package org.xenfleet.xen.sched;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A credit2 pool that a test drives by hand, in us; every vCPU has a domain of its own and is unpaused. */
final class Credit2Pool {
    static final long US = 1000L;
    static final long MS = 1_000_000L;
    static final int IDLE = PoolScheduler.IDLE;

    final Credit2Scheduler scheduler;
    final VcpuTimes times;
    final Topology topology;

    /** What vCPUs waited, in us, in the order in which the waits ended. */
    final List<Long> waits = new ArrayList<>();

    Credit2Pool(Topology topology, BitSet pool, Credit2Parameters parameters) {
        this.topology = topology;
        this.times = new VcpuTimes(
                new VcpuTimes.Listener() {
                    @Override
                    public void ran(int vcpu, int cpu, long start, long end) {}

                    @Override
                    public void waited(int vcpu, int cpu, long start, long end) {
                        waits.add((end - start) / US);
                    }

                    @Override
                    public void late(int vcpu, int cpu, long due, long firstInstruction) {}
                },
                0);
        this.scheduler = new Credit2Scheduler(topology, pool, parameters, times);
    }

    /** One socket, all its pCPUs, no rate limit. */
    static Credit2Pool unlimited(int cpus) {
        return new Credit2Pool(new Topology(cpus, 1, 1), cpus(0, cpus), new Credit2Parameters(0));
    }

    /** One socket, all its pCPUs, as Xen has it. */
    static Credit2Pool of(int cpus) {
        return of(new Topology(cpus, 1, 1));
    }

    static Credit2Pool of(Topology topology) {
        return new Credit2Pool(topology, cpus(0, topology.cpus()), Credit2Parameters.DEFAULT);
    }

    static BitSet cpus(int from, int to) {
        BitSet mask = new BitSet();
        mask.set(from, to);
        return mask;
    }

    int vcpu(int weight, Affinity affinity) {
        int vcpu = scheduler.addVcpu(scheduler.addDomain(weight, 0), 0, affinity);
        scheduler.unpause(vcpu, 0, 0);
        return vcpu;
    }

    int vcpu() {
        return vcpu(Credit2Parameters.DEFAULT_WEIGHT, Affinity.hard(cpus(0, topology.cpus())));
    }

    int pinned(int cpu) {
        return vcpu(Credit2Parameters.DEFAULT_WEIGHT, Affinity.hard(cpus(cpu, cpu + 1)));
    }

    /** May run everywhere, would rather run on {@code cpu}. */
    int preferring(int cpu) {
        return vcpu(Credit2Parameters.DEFAULT_WEIGHT, new Affinity(cpus(0, topology.cpus()), cpus(cpu, cpu + 1)));
    }

    /** Wakes a vCPU. Returns who is poked. */
    List<Integer> wake(int vcpu, long us) {
        scheduler.wake(vcpu, us * US, scheduler.processor(vcpu), -1);
        return pokes();
    }

    int schedule(int cpu, long us) {
        return scheduler.schedule(cpu, us * US, 0, 0);
    }

    /** Goes to sleep on its pCPU. Returns who runs there next. */
    int block(int vcpu, long us) {
        scheduler.block(vcpu);
        return schedule(scheduler.processor(vcpu), us);
    }

    /** Wakes and comes to the idle pCPU that is poked for it, which it returns. */
    int start(int vcpu, long us) {
        int cpu = wake(vcpu, us).get(0);
        if (schedule(cpu, us) != vcpu) {
            throw new IllegalStateException("vCPU " + vcpu + " does not start on pCPU " + cpu);
        }
        return cpu;
    }

    long credit(int vcpu) {
        return scheduler.credit(vcpu) / US;
    }

    /** In us. */
    long slice() {
        return scheduler.slice() / US;
    }

    List<Integer> pokes() {
        return scheduler.takePokes().stream().boxed().toList();
    }
}
