package org.xenfleet.xen.sched.cases;

import org.xenfleet.xen.sched.Credit2Parameters;
import org.xenfleet.xen.sched.Credit2Scheduler;
import org.xenfleet.xen.sched.CreditRules;
import org.xenfleet.xen.sched.CreditScheduler;
import org.xenfleet.xen.sched.NullScheduler;
import org.xenfleet.xen.sched.PoolScheduler;
import org.xenfleet.xen.sched.VcpuTimes;

/** The scheduler of a scene. */
enum Policy {
    CREDIT_4_4("4.4"),
    CREDIT_4_17("4.17"),
    CREDIT2("credit2"),
    NULL("null");

    /** As the first word of a case. */
    final String word;

    Policy(String word) {
        this.word = word;
    }

    PoolScheduler scheduler(Scene scene, VcpuTimes times) {
        return switch (this) {
            case CREDIT_4_4 ->
                new CreditScheduler(scene.topology(), scene.pool(), CreditRules.V4_4, scene.parameters(), times);
            case CREDIT_4_17 ->
                new CreditScheduler(scene.topology(), scene.pool(), CreditRules.V4_17, scene.parameters(), times);
            case CREDIT2 ->
                new Credit2Scheduler(
                        scene.topology(),
                        scene.pool(),
                        new Credit2Parameters(scene.parameters().ratelimitUs()),
                        times);
            case NULL -> new NullScheduler(scene.topology(), scene.pool(), times);
        };
    }
}
