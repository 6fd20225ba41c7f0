package org.xenfleet.xen.sched.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The credit scheduler in hundreds of scenes; the expected values are derived beside each, or traced. */
class CreditCasesTest {
    @TestFactory
    Stream<DynamicTest> cases() {
        return CaseFile.all().stream()
                .map(c -> DynamicTest.dynamicTest(
                        c.name(), () -> assertThat(c.complaints()).isEmpty()));
    }

    @Test
    void thereAreHundredsOfCases() {
        assertThat(CaseFile.all().stream()
                        .map(c -> c.name().substring(0, c.name().indexOf(' ')))
                        .distinct())
                .hasSizeGreaterThan(250);
    }
}
