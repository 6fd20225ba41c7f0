package org.xenfleet.xen.sched.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The cases of {@link CreditCasesTest} a file at a time, up to the first that fails: for mutation testing, which would start
 * every single case anew for each mutant.
 */
@Tag("mutation")
class CaseFilesTest {
    static List<String> files() {
        return CaseFile.ALL;
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyCaseOfTheFileHolds(String file) {
        for (CaseFile.Case some : CaseFile.read(file)) {
            assertThat(some.complaints()).as(some.name()).isEmpty();
        }
    }
}
