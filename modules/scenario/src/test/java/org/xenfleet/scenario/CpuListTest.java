package org.xenfleet.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CpuListTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"1|1", "0-3,^2,7|0-1,3,7", "all,^0|1-7", "^1,0-1|0-1", " 2 , 4-5 |2,4-5"})
    void isAppliedFromLeftToRight(String text, String cpus) {
        CpuList.Result result = CpuList.parse(text, 8);
        assertThat(result.problem()).isEmpty();
        assertThat(CpuList.text(result.cpus())).isEqualTo(cpus);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8|names pCPU 8, but the host has only the pCPUs 0 to 7",
                "3-1|has the range '3-1', which ends before it begins",
                "1,^1|leaves no pCPU at all",
                "1;2|has the part '1;2', which is not a pCPU or a range",
                "1,,2|has the part '', which"
            })
    void isRefusedWithTheReason(String text, String reason) {
        assertThat(CpuList.parse(text, 8).problem()).startsWith(reason);
    }
}
