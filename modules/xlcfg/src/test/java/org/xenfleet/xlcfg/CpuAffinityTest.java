package org.xenfleet.xlcfg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.xenfleet.xlcfg.Xl.hvm;
import static org.xenfleet.xlcfg.Xl.hvmProblem;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** xlcfg-grammar section 2.4; the usual host has 16 pCPUs on 2 nodes, so node 1 is 8 to 15. */
class CpuAffinityTest {
    private static BitSet set(String cpus, int vcpu, int hostCpus, int nodes) throws Exception {
        return hvm("vcpus=4;cpus=" + cpus).cpus().resolve(vcpu, hostCpus, nodes).orElseThrow();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'3'               | {3}",
                "3                 | {3}",
                "'0-3'             | {0, 1, 2, 3}",
                "'0-3,^1'          | {0, 2, 3}",
                "'^1,0-3'          | {0, 1, 2, 3}",
                "'0-3, 5,,+7,'     | {0, 1, 2, 3, 5, 7}",
                "'2-2'             | {2}",
                "'0- 2'            | {0, 1, 2}",
                "'14-99'           | {14, 15}",
                "'1,16,9999999999' | {1}",
                "'0,5-18446744073709551614,^6-30' | {0, 5}",
                "'node:1,^nodes:0' | {8, 9, 10, 11, 12, 13, 14, 15}",
                "'nodes:0-1,^4-15' | {0, 1, 2, 3}",
                "'all,^node:1,^0-5'| {6, 7}",
                "'nodes:all,^1-15' | {0}",
                "'0,node:7'        | {0}",
            })
    void shouldApplyThePartsFromLeftToRight(String cpus, String set) throws Exception {
        assertThat(set(cpus, 3, 16, 2)).hasToString(set);
    }

    @Test
    void shouldGiveATextToEveryVcpuAndAListItemByItem() throws Exception {
        assertThat(set("'1'", 0, 16, 2)).hasToString("{1}");
        assertThat(set("'1'", 3, 16, 2)).hasToString("{1}");
        CpuAffinity list = hvm("vcpus=4;cpus=['1', 2]").cpus();
        assertThat(list.resolve(0, 16, 2)).hasToString("Optional[{1}]");
        assertThat(list.resolve(1, 16, 2)).hasToString("Optional[{2}]");
        assertThat(list.resolve(2, 16, 2)).isEmpty();
    }

    @Test
    void shouldLeaveEveryVcpuFreeWithoutTheKeyOrWithAnEmptyList() throws Exception {
        assertThat(hvm("").cpus().resolve(0, 16, 2)).isEmpty();
        assertThat(hvm("vcpus=1;cpus=[]").cpus().resolve(0, 16, 2)).isEmpty();
        assertThat(CpuAffinity.any()).hasToString("any");
    }

    @Test
    void shouldIgnoreSurplusItemsWhateverTheySay() throws Exception {
        CpuAffinity cpus = hvm("vcpus=2;cpus=['1','2','nonsense',[]]").cpus();
        assertThat(cpus.resolve(1, 16, 2)).hasToString("Optional[{2}]");
    }

    @Test
    void shouldReachOnlyThePcpusBelow64ByNode() throws Exception {
        BitSet from48To63 = new BitSet();
        from48To63.set(48, 64);
        assertThat(set("'nodes:1'", 0, 96, 2)).isEqualTo(from48To63);
        assertThat(set("'nodes:all'", 0, 96, 2).cardinality()).isEqualTo(96);
        assertThatThrownBy(() -> set("'nodes:1'", 0, 128, 2)).hasMessageContaining("affinity map is empty");
    }

    @Test
    void shouldGiveWhatIsOverToTheLastNode() throws Exception {
        assertThat(set("'node:0'", 0, 5, 2)).hasToString("{0, 1}");
        assertThat(set("'node:1'", 0, 5, 2)).hasToString("{2, 3, 4}");
        assertThat(set("'node:0-1'", 0, 2, 4)).hasToString("{0, 1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "','", "'16'", "'node:2'", "'0-3,^0-3'", "'^1'", "['']"})
    void shouldRefuseAHostThatLeavesNothing(String cpus) throws Exception {
        CpuAffinity affinity = hvm("vcpus=1\ncpus=" + cpus).cpus();
        XlConfigException refusal = catchThrowableOfType(XlConfigException.class, () -> affinity.resolve(0, 16, 2));
        assertThat(refusal)
                .hasMessage("t.cfg:2: vcpu hard affinity map is empty: `cpus` leaves vCPU 0 none of the 16 pCPUs "
                        + "of the host");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "1-",
                "-1",
                "3-1",
                "1-2-3",
                "1 ",
                "1 -2",
                "0x1",
                "1.0",
                "node:",
                "node:x",
                "cpu:1",
                " ^1",
                " all",
                "^",
                "ALL",
                "all ",
                "18446744073709551615",
                "99999999999999999999",
                "nodes: "
            })
    void shouldRefuseAnInvalidRange(String spec) {
        assertThat(hvmProblem("vcpus=1;cpus='0," + spec + "'")).startsWith("Invalid pcpu range: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"^all", "^nodes:all", "0-3,^node:all"})
    void shouldRefuseToTakeEverythingAway(String spec) {
        assertThat(hvmProblem("vcpus=1;cpus='" + spec + "'")).isEqualTo("Can't combine \"^\" and \"all\".");
    }

    @Test
    void shouldRefuseAListInsideTheList() {
        assertThat(hvmProblem("vcpus=2;cpus=['1',['2']]")).startsWith("Item 1 of `cpus` is a list");
    }

    @Test
    void shouldWarnOfCpusWithoutVcpus() throws Exception {
        assertThat(hvm("cpus='1'").warnings())
                .singleElement()
                .satisfies(w -> assertThat(w.message()).contains("without `vcpus` is undefined in xl 4.17"));
        assertThat(hvm("maxvcpus=2;cpus='1'").warnings()).isEmpty();
    }

    @Test
    void shouldRefuseAHostThatCannotBe() {
        assertThatThrownBy(() -> CpuAffinity.any().resolve(0, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CpuAffinity.any().resolve(0, 1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CpuAffinity.any().resolve(-1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldBeEqualWhenReadFromEqualFiles() throws Exception {
        assertThat(hvm("vcpus=1;cpus='1'").cpus())
                .isEqualTo(hvm("vcpus=1;cpus='1'").cpus())
                .hasSameHashCodeAs(hvm("vcpus=1;cpus='1'").cpus())
                .isNotEqualTo(hvm("vcpus=1;cpus='2'").cpus())
                .isNotEqualTo(hvm("vcpus=1;cpus=['1']").cpus());
    }
}
