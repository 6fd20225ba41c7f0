package org.xenfleet.xen.sched;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.xenfleet.xen.sched.cases.Snapshot;

/** What a snapshot holds of the scheduler; that a run goes on from it as before is checked by every case of the notation. */
class CreditSnapshotTest {
    /** Everything that changes while it runs, but for what is derived from it. */
    private static final List<String> STATE = List.of(
            "processor",
            "priority",
            "credit",
            "residual",
            "charged-to",
            "last-ran",
            "active",
            "parked",
            "yielding",
            "blocked",
            "migrating",
            "pauses",
            "on-cpu",
            "loaded-on",
            "weight",
            "cap",
            "queued",
            "vcpu",
            "total-weight",
            "credit-balance",
            "active-domains",
            "active-domain",
            "domains-known",
            "active-vcpus",
            "active-vcpu",
            "runstate",
            "runstate-since",
            "due-since",
            "ran",
            "longest-wait",
            "longest-late",
            "queued-on",
            "timer-on",
            "standstills",
            "start",
            "end",
            "why",
            "where",
            "current",
            "loaded",
            "running-since",
            "sort-epoch-of",
            "last-tickled",
            "steal-bias",
            "idle-bias",
            "affinity-changed",
            "stealable-seen",
            "sort-epoch",
            "slice",
            "first-instruction",
            "idler",
            "idler-seen",
            "poke");

    /** Two pCPUs; 0 runs a and has six in its queue, 1 is poked for them; one of two domains is active. */
    private static TestPool busy() {
        TestPool pool = TestPool.of(2);
        int a = pool.vcpu(0);
        pool.run(a, 0, 0);
        for (int i = 0; i < 6; i++) {
            pool.wake(pool.pinned(0), 1);
        }
        pool.tick(0, 10);
        pool.account(15);
        pool.schedule(0, 30);
        pool.wake(pool.vcpu(1), 31);
        return pool;
    }

    private static Snapshot of(TestPool pool) {
        Snapshot snapshot = new Snapshot();
        pool.scheduler.fields(snapshot);
        return snapshot;
    }

    @Test
    void everythingThatChangesIsInIt() {
        List<String> names = of(busy()).lines().stream()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .distinct()
                .toList();

        assertThat(names).containsExactlyInAnyOrderElementsOf(STATE);
    }

    @Test
    void aSchedulerThatReadItWritesTheSame() {
        TestPool pool = busy();
        Snapshot snapshot = of(pool);
        TestPool other = TestPool.of(2);
        other.vcpu(0);
        for (int i = 0; i < 6; i++) {
            other.pinned(0);
        }
        other.vcpu(1);
        snapshot.rewind();
        other.scheduler.fields(snapshot);

        assertThat(snapshot.unread()).isZero();
        assertThat(of(other).lines()).isEqualTo(of(pool).lines());
        assertThat(other.scheduler.current(0)).isEqualTo(pool.scheduler.current(0));
        assertThat(other.pokes()).containsExactly(1);
    }

    /** It has others active, and another credit balance, than what it reads. */
    @Test
    void whatWasThereBeforeIsForgotten() {
        TestPool pool = busy();
        TestPool other = busy();
        other.tick(0, 40);
        other.account(45);
        assertThat(of(other).lines()).isNotEqualTo(of(pool).lines());
        Snapshot snapshot = of(pool);
        snapshot.rewind();
        other.scheduler.fields(snapshot);

        assertThat(of(other).lines()).isEqualTo(of(pool).lines());
    }
}
