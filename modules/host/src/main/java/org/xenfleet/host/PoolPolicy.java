package org.xenfleet.host;

import org.xenfleet.host.plan.PoolPlan;
import org.xenfleet.xen.sched.Credit2Parameters;
import org.xenfleet.xen.sched.Credit2Scheduler;
import org.xenfleet.xen.sched.CreditScheduler;
import org.xenfleet.xen.sched.NullScheduler;
import org.xenfleet.xen.sched.PoolScheduler;
import org.xenfleet.xen.sched.VcpuTimes;

/** A pool's scheduler, and the timers that it has. */
record PoolPolicy(PoolScheduler scheduler, PoolTimers timers) {

    /** New ones, as the pool has them; {@code callsRun} says on which pCPUs calls run, and is shared. */
    static PoolPolicy of(HostContext host, PoolPlan pool, VcpuTimes times, boolean[] callsRun) {
        return switch (pool.scheduler()) {
            case CREDIT -> {
                CreditScheduler credit = new CreditScheduler(
                        host.plan().topology(),
                        pool.cpus(),
                        host.plan().spec().xen().version().creditRules(),
                        pool.credit(),
                        times);
                yield new PoolPolicy(credit, new CreditTimers(host, pool, credit, callsRun));
            }
            case CREDIT2 -> {
                Credit2Parameters parameters =
                        new Credit2Parameters(pool.credit().ratelimitUs());
                Credit2Scheduler credit2 = new Credit2Scheduler(host.plan().topology(), pool.cpus(), parameters, times);
                yield new PoolPolicy(credit2, new Credit2Timers(host, pool.masterCpu(), credit2, callsRun));
            }
            case NULL ->
                new PoolPolicy(new NullScheduler(host.plan().topology(), pool.cpus(), times), new PoolTimers() {});
        };
    }
}
