package org.xenfleet.xen.sched.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.xenfleet.xen.sched.cases.PoolDriver.Manner;

/** The credit scheduler in hundreds of scenes; the expected values are derived beside each, or traced. */
class CreditCasesTest {
    @TestFactory
    Stream<DynamicTest> cases() {
        return CaseFile.all().stream()
                .map(c -> DynamicTest.dynamicTest(c.name(), () -> {
                    Outcome outcome = new PoolDriver(c.scene(), Manner.EVERY_TIMER).run();

                    assertThat(c.complaints(outcome)).isEmpty();
                }));
    }

    /** Ticks and slice ends of which the scheduler says that they do not matter may be left out. */
    @TestFactory
    Stream<DynamicTest> quietTimersChangeNothing() {
        return sameAsWithEveryTimer(Manner.QUIET_TIMERS);
    }

    @TestFactory
    Stream<DynamicTest> aSnapshotHalfWayChangesNothing() {
        return sameAsWithEveryTimer(Manner.CARRIED_OVER);
    }

    private static Stream<DynamicTest> sameAsWithEveryTimer(Manner manner) {
        return CaseFile.all().stream()
                .map(c -> DynamicTest.dynamicTest(c.name(), () -> {
                    List<Outcome.Span> plain =
                            new PoolDriver(c.scene(), Manner.EVERY_TIMER).run().runs();

                    assertThat(new PoolDriver(c.scene(), manner).run().runs()).isEqualTo(plain);
                }));
    }

    @Test
    void thereAreHundredsOfCases() {
        assertThat(CaseFile.all().stream().map(c -> c.name().split(" ")[0]).distinct())
                .hasSizeGreaterThan(250);
    }
}
