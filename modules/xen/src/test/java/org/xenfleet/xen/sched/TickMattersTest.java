package org.xenfleet.xen.sched;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A tick moves its vCPU to an idle pCPU with more idle neighbours than its own would have if it were idle: more idle threads
 * in the core, or more than twice as many idle pCPUs in the socket.
 */
class TickMattersTest {
    /** Busy from the given pCPUs on, whose vCPUs, pinned but for the first, have been active since their tick. */
    private static TestPool busy(Topology topology, String cpus) {
        TestPool pool = new TestPool(topology, CreditParameters.DEFAULT);
        boolean first = true;
        for (String cpu : cpus.split(" ")) {
            int number = Integer.parseInt(cpu);
            pool.run(first ? pool.vcpu(number) : pool.pinned(number), number, 0);
            pool.tick(number, 10);
            first = false;
        }
        pool.pokes();
        return pool;
    }

    /** Two sockets of four: with pCPU 0 idle, so many idle in its socket, itself included; in the other. */
    @ParameterizedTest
    @CsvSource({
        "0 1 2 3 7,   true,  '1 and 3: 2 x 1 < 3'",
        "0 1 2 3 6 7, false, '1 and 2'",
        "0 1 2 3,     true,  '1 and 4'",
        "0 1 2,       false, '2 and 4'",
        "0,           false, '4 and 4'"
    })
    void betweenSocketsItTakesMoreThanTwiceAsManyIdlePcpus(String cpus, boolean moves, String idle) {
        TestPool pool = busy(new Topology(8, 2, 1), cpus);

        assertThat(pool.scheduler.tickMatters(0)).as(idle).isEqualTo(moves);
        pool.tick(0, 20);
        assertThat(pool.pokes().contains(0)).as("the tick asks to move").isEqualTo(moves);
    }

    /** Three cores of two threads in a socket. */
    @ParameterizedTest
    @CsvSource({
        "0 1,     true,  'alone in its core it would be 1, and 2 are idle elsewhere'",
        "0,       false, 'its sibling idles: 2 and 2'",
        "0 1 2 4, false, '1 and 1'",
        "0 1 2,   true,  '1, and 2 in the third core'"
    })
    void betweenCoresItTakesMoreIdleThreads(String cpus, boolean moves, String idle) {
        TestPool pool = busy(new Topology(6, 1, 2), cpus);

        assertThat(pool.scheduler.tickMatters(0)).as(idle).isEqualTo(moves);
        pool.tick(0, 20);
        assertThat(pool.pokes().contains(0)).as("the tick asks to move").isEqualTo(moves);
    }

    /** Places differ, so that the next change may well make its tick matter; a pinned vCPU stays where it is. */
    @Test
    void aPinnedVcpusTickDoesNotMatterButMaySoon() {
        TestPool pool = busy(new Topology(8, 2, 1), "0 1 2 3");

        assertThat(pool.scheduler.tickMatters(1)).isFalse();
        assertThat(pool.scheduler.tickMayMatterSoon(1)).isTrue();
    }

    @Test
    void whereAllPlacesAreEquallyGoodNoTickMattersSoon() {
        TestPool pool = busy(new Topology(8, 2, 1), "0 4");

        assertThat(pool.scheduler.tickMayMatterSoon(0)).isFalse();
    }

    /** pCPUs 5, 6 and 7 idle at first; the news is told once, and only if it could move somebody. */
    @Test
    void otherIdlePcpusAreNewsOnceAndOnlyIfTheyCouldMoveSomebody() {
        TestPool pool = busy(new Topology(8, 2, 1), "0 1 2 3 4");
        assertThat(pool.scheduler.takeIdlersNews()).as("1 and 3").isTrue();
        assertThat(pool.scheduler.takeIdlersNews()).as("nothing new").isFalse();

        pool.run(pool.pinned(5), 5, 20);
        assertThat(pool.scheduler.takeIdlersNews()).as("1 and 2").isFalse();

        pool.block(pool.scheduler.current(5), 5, 30);
        assertThat(pool.scheduler.takeIdlersNews()).as("1 and 3 again").isTrue();
    }
}
