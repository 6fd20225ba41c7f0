package org.xenfleet.bench.jmh;

import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.xenfleet.xen.sched.Affinity;
import org.xenfleet.xen.sched.CreditParameters;
import org.xenfleet.xen.sched.CreditRules;
import org.xenfleet.xen.sched.CreditScheduler;
import org.xenfleet.xen.sched.Topology;
import org.xenfleet.xen.sched.VcpuTimes;

/** The credit scheduler's entry points, the pCPUs in turn, with all vCPUs runnable and accounting every 30 ms. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CreditJmh {
    private static final long SLICE = 30_000_000;
    private static final long PASS = 1_000;
    private static final long SWITCH = 3_000;

    private static final class Nobody implements VcpuTimes.Listener {
        @Override
        public void ran(int vcpu, int cpu, long start, long end) {}

        @Override
        public void waited(int vcpu, int cpu, long start, long end) {}

        @Override
        public void late(int vcpu, int cpu, long due, long firstInstruction) {}
    }

    /** pCPUs/vCPUs, a domain for each vCPU. */
    @Param({"16/24", "64/104"})
    String size = "";

    @SuppressWarnings("NullAway.Init") // set by fill, as JMH has it
    private CreditScheduler scheduler;

    private int cpus;
    private int cpu;
    private long now;
    private long accountingDue = SLICE;

    @Setup
    public void fill() {
        cpus = Integer.parseInt(size.substring(0, size.indexOf('/')));
        int vcpus = Integer.parseInt(size.substring(size.indexOf('/') + 1));
        BitSet all = new BitSet();
        all.set(0, cpus);
        scheduler = new CreditScheduler(
                new Topology(cpus, 1, 1),
                all,
                CreditRules.V4_4,
                CreditParameters.DEFAULT,
                new VcpuTimes(new Nobody(), Long.MAX_VALUE));
        Affinity anywhere = Affinity.hard(all);
        for (int i = 0; i < vcpus; i++) {
            int vcpu = scheduler.addVcpu(scheduler.addDomain(CreditParameters.DEFAULT_WEIGHT, 0), i % cpus, anywhere);
            scheduler.unpause(vcpu, 0, i % cpus);
            scheduler.wake(vcpu, 0, i % cpus, -1);
        }
        for (int i = 0; i < cpus; i++) {
            scheduler.schedule(i, 0, PASS, SWITCH);
        }
    }

    /** The end of a slice: somebody else, or the same. */
    @Benchmark
    public int schedule() {
        next();
        return scheduler.schedule(cpu, now, PASS, SWITCH);
    }

    /** The vCPU of a pCPU blocks, the pCPU reschedules, the vCPU wakes. */
    @Benchmark
    public int blockScheduleWake() {
        next();
        int vcpu = scheduler.current(cpu);
        if (vcpu != CreditScheduler.IDLE) {
            scheduler.block(vcpu);
        }
        int chosen = scheduler.schedule(cpu, now, PASS, SWITCH);
        if (vcpu != CreditScheduler.IDLE) {
            scheduler.wake(vcpu, now, cpu, now);
        }
        scheduler.takePokes();
        return chosen;
    }

    @Benchmark
    public void tick() {
        next();
        scheduler.tick(cpu, now);
    }

    @Benchmark
    public boolean account() {
        now += SLICE;
        return scheduler.account(now, 0);
    }

    private void next() {
        cpu = cpu + 1 == cpus ? 0 : cpu + 1;
        now += SLICE / cpus;
        if (now >= accountingDue) {
            accountingDue += SLICE;
            scheduler.account(now, 0);
        }
    }
}
