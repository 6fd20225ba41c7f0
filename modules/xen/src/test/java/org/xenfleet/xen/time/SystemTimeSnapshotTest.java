package org.xenfleet.xen.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenfleet.xen.sched.cases.Snapshot;

/** A snapshot of a host's clock after 56.4 s on an HPET of 100 MHz, taken before, amid and after the damage. */
class SystemTimeSnapshotTest {
    private static final long MS = Pcpu0.MS;
    private static final ClockSource SOURCE = ClockSource.hpet(100_000_000L);
    private static final long END = 66_638 * MS;

    @ParameterizedTest
    @CsvSource({"0,false", "7000,false", "8500,false", "12000,false", "100000,false", "0,true", "2000,true"})
    void aRestoredClockGoesOnAsBefore(long msAfter, boolean invariantTsc) {
        long at = END + msAfter * MS;
        Pcpu0 kept = Pcpu0.of(SOURCE, invariantTsc).tied(10_205 * MS, END).runUntil(at);
        Pcpu0 restored = Pcpu0.of(SOURCE, invariantTsc);
        Snapshot snapshot = new Snapshot();
        kept.time.fields(snapshot);
        snapshot.rewind();
        restored.time.fields(snapshot);

        assertThat(snapshot.unread()).isZero();
        for (long later = at; later < at + 30_000 * MS; later += 500 * MS) {
            assertThat(restored.minusTrue(later)).isEqualTo(kept.minusTrue(later));
            assertThat(restored.time.damage(later)).isEqualTo(kept.time.damage(later));
        }
    }

    /** Between the handler of the calibration timer and its softirq. */
    @ParameterizedTest
    @CsvSource({"false", "true"})
    void aCalibrationThatWasTakenIsInTheSnapshot(boolean invariantTsc) {
        SystemTime kept = Pcpu0.of(SOURCE, invariantTsc).runUntil(10_205 * MS).time;
        kept.rendezvous(END);
        SystemTime restored = Pcpu0.of(SOURCE, invariantTsc).time;
        Snapshot snapshot = new Snapshot();
        kept.fields(snapshot);
        snapshot.rewind();
        restored.fields(snapshot);
        kept.calibrated(END);
        restored.calibrated(END);

        assertThat(restored.systemTime(END + 100 * MS)).isEqualTo(kept.systemTime(END + 100 * MS));
        assertThat(restored.calibrationDue()).isEqualTo(kept.calibrationDue());
        assertThat(restored.damage(END + 100 * MS)).isNotEmpty().isEqualTo(kept.damage(END + 100 * MS));
    }
}
