package org.xenfleet.xen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The NMI watchdog of one pCPU, xen-semantics section 5, M7, with panics worked out by hand. */
class NmiWatchdogTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MS = 1_000_000L;
    private static final long US = 1_000L;

    private static final long HZ_1 = 2_000_000_000L;
    private static final long HZ_2 = 2_400_000_000L;
    private static final long HZ_3 = 3_300_000_000L;

    private static NmiWatchdog watchdog(long frequency, int timeout, long slop, long firstBeat) {
        return new NmiWatchdog(new WatchdogParameters(timeout, frequency), slop, firstBeat, 0);
    }

    /** 2^20 kHz is 1,048,576 kHz; the border between 1 and 2 lies at 2,097,152 kHz, the next at 3,145,728 kHz. */
    @ParameterizedTest
    @CsvSource({
        "1000000,1,1000000000",
        "2097151999,1,1000000000",
        "2097152000,2,500000000",
        "2400000000,2,500000000",
        "3145727999,2,500000000",
        "3145728000,3,333333334",
        "4194304000,4,250000000"
    })
    void theClockSaysHowManyNmisASecondHas(long frequency, long hz, long period) {
        WatchdogParameters parameters = new WatchdogParameters(5, frequency);

        assertThat(parameters.nmiHz()).isEqualTo(hz);
        assertThat(parameters.nmiPeriodNs()).isEqualTo(period);
        assertThat(parameters.alertsToPanic()).isEqualTo(5 * hz);
    }

    /**
     * Busy since its last beat at 0.25 s, with an NMI every 0.5 s: the one of 0.5 s sees the beat, and 5 s after that is the
     * panic; 3 s after it with a time-out of 3 s, and with one of 2 s, which is over at 3.2 s, with the next NMI.
     */
    @ParameterizedTest
    @CsvSource({"5,5500000000", "3,3500000000", "2,3500000000", "60,60500000000"})
    void anotherTimeOutCountsTheAlertsThatThereAre(int timeout, long panic) {
        NmiWatchdog watchdog = watchdog(HZ_2, 5, 0, 250 * MS);
        watchdog.enter(false, 0);
        watchdog.pass(300 * MS);
        watchdog.setQuiet(false);

        watchdog.setTimeout(new WatchdogParameters(timeout, HZ_2), 3_200 * MS);

        assertThat(watchdog.panicAt()).isEqualTo(panic);
        watchdog.beat(3_300 * MS);
        assertThat(watchdog.panicAt()).as("after another beat").isEqualTo(3_500 * MS + timeout * SECOND);
    }

    @Test
    void aTimeOutOfOneSecondOrOfNoneIsNoWatchdog() {
        assertThatThrownBy(() -> new WatchdogParameters(1, HZ_2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new WatchdogParameters(0, HZ_2)).isInstanceOf(IllegalArgumentException.class);
    }

    /**
     * Busy from 0 on; the heart beats at 0.25, 1.25, ... 9.25 s, and at 10.1 s a call begins. The first NMI after the last
     * beat, which takes the alerts back, is at 10.0 s (1 Hz) or 9.5 s (2 Hz), both before the call; 5 s later is the panic.
     * At 3 Hz NMIs come every 333,333,334 ns: number 28 at 9,333,333,352 ns is the first after the beat, number 28 + 15 the
     * panic, at 43 x 333,333,334 ns.
     */
    @ParameterizedTest
    @CsvSource({"2000000000,15000000000", "2400000000,14500000000", "3300000000,14333333362"})
    void thePanicComesWithTheNmiOfTheTimeOutAfterTheOneThatSawTheLastBeat(long frequency, long panic) {
        NmiWatchdog watchdog = watchdog(frequency, 5, 0, 250 * MS);
        watchdog.enter(false, 0);
        watchdog.pass(10_100 * MS);
        watchdog.setQuiet(false);
        watchdog.pass(14_000 * MS);

        assertThat(watchdog.due()).isEqualTo(10_250 * MS);
        assertThat(watchdog.panicAt()).isEqualTo(panic);
    }

    /** The last beat 1 ns before the NMI of 10 s, the call 1 ns before the next beat: 4 s. */
    @Test
    void atTheEarliestItComesFourSecondsAfterTheCallBegan() {
        NmiWatchdog watchdog = watchdog(HZ_1, 5, 0, SECOND - 1);
        watchdog.enter(false, 0);
        long call = 11 * SECOND - 2;
        watchdog.pass(call);

        assertThat(watchdog.due()).isEqualTo(call + 1);
        assertThat(watchdog.panicAt() - call).isEqualTo(4 * SECOND + 2);
    }

    /** The last beat 1 ns after the NMI of 10 s, the call with it: 6 s at 1 Hz, 5.5 s at 2 Hz, 5.333 s at 3 Hz. */
    @ParameterizedTest
    @CsvSource({"2000000000,5999999999", "2400000000,5499999999", "3300000000,5333333343"})
    void atTheLatestItComesATimeOutAndOnePeriodAfterTheCallBegan(long frequency, long after) {
        NmiWatchdog watchdog = watchdog(frequency, 5, 0, 1);
        watchdog.enter(false, 0);
        long call =
                10 * new WatchdogParameters(5, frequency).nmiHz() * new WatchdogParameters(5, frequency).nmiPeriodNs()
                        + 1;
        watchdog.pass(call);
        watchdog.setQuiet(false);
        watchdog.beat(call);

        assertThat(watchdog.panicAt() - call).isEqualTo(after);
    }

    /** Due at 0.25 s, fires at 0.25005, is set for 1.25005, fires at 1.2501, ...: the tenth at 9.2505 s. */
    @Test
    void everyBeatComesLaterByTheSlop() {
        NmiWatchdog watchdog = watchdog(HZ_2, 5, 50 * US, 250 * MS);
        watchdog.pass(10 * SECOND);

        assertThat(watchdog.due()).isEqualTo(10_250 * MS + 10 * 50 * US);
        assertThat(watchdog.fires()).isEqualTo(10_250 * MS + 11 * 50 * US);
    }

    /** Half a second of unhalted time from 0 on, 9.5 s halted, then a call: its first NMI comes half a second later. */
    @Test
    void aHaltedPcpuGetsNoNmi() {
        NmiWatchdog watchdog = watchdog(HZ_1, 5, 0, 250 * MS);
        watchdog.enter(false, 0);
        watchdog.enter(true, 500 * MS);
        watchdog.enter(false, 10 * SECOND);

        assertThat(watchdog.panicAt()).isEqualTo(10_500 * MS + 5 * SECOND);
    }

    @Test
    void aHaltedPcpuDoesNotPanicHoweverLongItStaysSo() {
        NmiWatchdog watchdog = watchdog(HZ_1, 5, 0, 250 * MS);
        watchdog.setQuiet(false);
        watchdog.enter(true, SECOND);

        assertThat(watchdog.panicsBefore(Long.MAX_VALUE)).isFalse();
        watchdog.enter(false, 100 * SECOND);
        assertThat(watchdog.panicsBefore(105 * SECOND)).isFalse();
        assertThat(watchdog.panicsBefore(107 * SECOND)).isTrue();
    }

    @Test
    void aBeatThatWasMissedIsNotMadeUp() {
        NmiWatchdog watchdog = watchdog(HZ_2, 5, 0, 250 * MS);
        watchdog.enter(false, 0);
        watchdog.setQuiet(false);
        watchdog.beat(3_700 * MS);

        assertThat(watchdog.due()).isEqualTo(4_700 * MS);
        // the NMI of 4.0 s sees it
        assertThat(watchdog.panicAt()).isEqualTo(9 * SECOND);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 30})
    void theTimeOutIsThatOfTheCommandLine(int timeout) {
        NmiWatchdog watchdog = watchdog(HZ_2, timeout, 0, 250 * MS);
        watchdog.enter(false, 0);
        watchdog.pass(10_100 * MS);

        assertThat(watchdog.panicAt()).isEqualTo(9_500 * MS + timeout * SECOND);
    }

    /** Even where the beats come 50 us later than the NMIs that look for them, and whatever their phases. */
    @ParameterizedTest
    @ValueSource(longs = {HZ_1, HZ_2, HZ_3})
    void aBusyPcpuThatServesItsSoftirqsIsNeverWithinASecondOfAPanic(long frequency) {
        NmiWatchdog watchdog = watchdog(frequency, 2, 50 * US, 250 * MS);
        watchdog.enter(false, 0);
        for (long now = 0; now < 100_000 * SECOND; now += 977 * MS) {
            watchdog.pass(now);
            assertThat(watchdog.panicAt()).isGreaterThan(now + SECOND - 100 * US);
        }
    }

    /**
     * Against the handlers written down as Xen has them, one NMI and one beat after the other: a counter that the timer
     * increments, what the last NMI saw of it, and the alerts.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void itPanicsWhenTheHandlersOfTimerAndNmiDo(int seed) {
        Random random = new Random(seed);
        long frequency = 1_000_000_000L + random.nextInt(3_000) * 1_000_000L;
        WatchdogParameters parameters = new WatchdogParameters(2 + random.nextInt(6), frequency);
        long slop = random.nextBoolean() ? 50 * US : 0;
        long firstBeat = random.nextInt((int) SECOND);
        long counted = random.nextInt((int) parameters.nmiPeriodNs());
        NmiWatchdog watchdog = new NmiWatchdog(parameters, slop, firstBeat, counted);
        Handlers handlers = new Handlers(parameters, slop, firstBeat, counted);
        long now = 0;
        long panics = -1;
        while (panics < 0) {
            // in its guest, or idle, for a while; then a call
            boolean halted = random.nextInt(3) == 0;
            long call = now + 1 + (long) (random.nextDouble() * 5 * SECOND);
            watchdog.enter(halted, now);
            handlers.serves(now, call, halted);
            watchdog.enter(false, call);
            watchdog.setQuiet(false);
            long expected = watchdog.panicAt();
            long end = call + 1 + (long) (random.nextDouble() * 2 * parameters.timeoutS() * SECOND);
            panics = handlers.busy(call, end);
            assertThat(panics)
                    .as("seed %d, call from %d to %d", seed, call, end)
                    .isEqualTo(expected < end ? expected : -1);
            watchdog.pass(end);
            if (watchdog.fires() <= end) {
                watchdog.beat(end);
                handlers.beat(end);
            }
            watchdog.setQuiet(true);
            now = end;
        }
    }

    private static final class Handlers {
        private final long period;
        private final long timeoutTimesHz;
        private final long slop;
        private long due;
        private long toNextNmi;
        private long ticks = 1;
        private long lastSum;
        private long alerts;

        Handlers(WatchdogParameters parameters, long slop, long firstBeat, long counted) {
            this.period = parameters.nmiPeriodNs();
            this.timeoutTimesHz = parameters.timeoutS() * parameters.nmiHz();
            this.slop = slop;
            this.due = firstBeat;
            this.toNextNmi = period - counted;
        }

        void serves(long from, long to, boolean halted) {
            long at = from;
            while (due + slop <= to) {
                long fires = due + slop;
                assertThat(halted ? -1 : busy(at, fires)).isEqualTo(-1);
                beat(fires);
                at = fires;
            }
            assertThat(halted ? -1 : busy(at, to)).isEqualTo(-1);
        }

        void beat(long at) {
            ticks++;
            due = at + SECOND;
        }

        /** Returns when it panics, or -1. */
        long busy(long from, long to) {
            long at = from;
            while (at + toNextNmi <= to) {
                at += toNextNmi;
                toNextNmi = period;
                if (nmi()) {
                    return at < to ? at : -1;
                }
            }
            toNextNmi -= to - at;
            return -1;
        }

        private boolean nmi() {
            if (ticks == lastSum) {
                alerts++;
                return alerts == timeoutTimesHz;
            }
            lastSum = ticks;
            alerts = 0;
            return false;
        }
    }

    @Test
    void itsStateCanBeWrittenDownAndSetAgain() {
        NmiWatchdog one = watchdog(HZ_2, 5, 0, 250 * MS);
        one.enter(false, 3);
        one.pass(7_777 * MS);
        one.setQuiet(false);
        java.util.List<Long> written = new java.util.ArrayList<>();
        one.fields(new Fields() {
            @Override
            public long at(String field, long value) {
                written.add(value);
                return value;
            }

            @Override
            public boolean reading() {
                return false;
            }
        });
        NmiWatchdog other = watchdog(HZ_2, 5, 0, 999);
        java.util.Iterator<Long> values = written.iterator();
        other.fields(new Fields() {
            @Override
            public long at(String field, long value) {
                return values.next();
            }

            @Override
            public boolean reading() {
                return true;
            }
        });

        assertThat(other.panicAt()).isEqualTo(one.panicAt()).isEqualTo(7_500 * MS + 5 * SECOND + 3);
        assertThat(other.due()).isEqualTo(8_250 * MS);
        assertThat(other.isQuiet()).isFalse();
    }
}
