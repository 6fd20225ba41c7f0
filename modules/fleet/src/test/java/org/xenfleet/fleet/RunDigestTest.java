package org.xenfleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.xenfleet.observe.HostReport;
import org.xenfleet.results.ReportList;

class RunDigestTest {
    private static final HostReport FIRST = FakePlacement.report("a/0", 1);
    private static final HostReport SECOND = FakePlacement.report("b/10", 1);

    @Test
    void shouldBeTheHashOfNamesAndEpochsThatAnotherToolComputes() {
        // printf 'a/0\0\0\0\0\0\0\0\0\3\0\0\0\0\0\0\0\377b/10\0\0\0\0\0\0\0\0\4\0\0\0\0\0\0\0\377' | sha256sum
        assertThat(RunDigest.of(ReportList.of(List.of(FIRST, SECOND))))
                .isEqualTo("3e210452bc697a5107c6f931e81ef7df4f7f4c348c39becccda3a3fd8b3eaea8");
    }

    @Test
    void shouldNotDependOnTheOrderOfArrival() {
        assertThat(RunDigest.of(ReportList.of(List.of(SECOND, FIRST))))
                .isEqualTo(RunDigest.of(ReportList.of(List.of(FIRST, SECOND))));
    }
}
