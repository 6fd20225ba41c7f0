package org.xenfleet.xlcfg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.xenfleet.xlcfg.Xl.guest;
import static org.xenfleet.xlcfg.Xl.hvm;
import static org.xenfleet.xlcfg.Xl.hvmProblem;
import static org.xenfleet.xlcfg.Xl.problems;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused although it can be parsed: by xl, by libxl, or only here. */
class GuestConfigProblemsTest {
    @Test
    void shouldReportEveryProblemByLine() {
        assertThat(problems("vcpus=0\nmemory=0\ntype='HVM'\nname='g'\nkernel='k'\non_crash='x'\ncpu_weight=0\n"))
                .extracting(XlNotice::line)
                .containsExactly(1, 2, 3, 6, 7);
    }

    @Test
    void shouldNameTheFileAndTheLinesInTheMessage() {
        assertThatThrownBy(() -> guest("type='hvm'\nmemory=0\n"))
                .isInstanceOfSatisfying(
                        XlConfigException.class, e -> assertThat(e.fileName()).isEqualTo("t.cfg"))
                .hasMessage("t.cfg: Domain name must be specified.\n"
                        + "t.cfg:2: `memory` = 0 MiB is out of range: 1 to 1099511627776");
    }

    @Test
    void shouldTakeAListAsNoName() {
        assertThat(problems("name=['g'];type='hvm'"))
                .singleElement()
                .isEqualTo(new XlNotice(1, "Domain name must be specified."));
    }

    @Test
    void shouldNeedSomethingToBootUnlessHvm() {
        assertThat(problems("name='g'"))
                .containsExactly(new XlNotice(0, "Neither kernel nor bootloader specified, and a pv guest needs one"));
        assertThat(problems("name='g';type='pvh'")).hasSize(1);
    }

    @Test
    void shouldTakeOnlyPvgrubAsFirmwareUnlessHvm() throws Exception {
        assertThat(problems("name='g';firmware='ovmf'").get(0).message()).contains("it is pvgrub32 or pvgrub64");
        assertThat(problems("name='g';firmware='pvgrub32';kernel='k'").get(0).message())
                .isEqualTo("A pv guest has `kernel` or `firmware`, not both");
        assertThat(hvm("firmware='ovmf'").notModelled()).containsExactly("firmware");
    }

    @ParameterizedTest
    @ValueSource(strings = {"type='HVM'", "type='linux'", "type='pvhx'", "builder='linux'", "builder='pv'"})
    void shouldRefuseAnInvalidType(String key) {
        assertThat(problems("name='g';kernel='k';" + key))
                .singleElement()
                .satisfies(p -> assertThat(p.message()).startsWith("Invalid domain type "));
    }

    @Test
    void shouldRefuseATypeAndABuilderThatContradict() {
        assertThat(hvmProblem("builder='generic'"))
                .startsWith("Contradicting \"builder\" and \"type\" options specified.");
        assertThat(problems("name='g';kernel='k';type='pvh';builder='generic'")).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "memory=0                 | `memory` = 0 MiB is out of range: 1 to 1099511627776",
                "memory='-5'              | `memory` = -5 MiB is out of range: 1 to 1099511627776",
                "maxmem=0                 | `maxmem` = 0 MiB is out of range: 1 to 1099511627776",
                "memory=1099511627777     | `memory` = 1099511627777 MiB is out of range: 1 to 1099511627776",
                "memory=64;maxmem=32      | `maxmem` = 32 MiB is below `memory` = 64 MiB; xl would take it",
                "vcpus=0                  | `vcpus` = 0 is out of range: 1 to 4096",
                "vcpus='-1'               | `vcpus` = -1 is out of range: 1 to 4096",
                "vcpus=4097               | `vcpus` = 4097 is out of range: 1 to 4096",
                "maxvcpus='-1'            | `maxvcpus` = -1 is out of range: 0 to 4096",
                "maxvcpus=4097            | `maxvcpus` = 4097 is out of range: 0 to 4096",
                "vcpus=2;maxvcpus=1       | xl: maxvcpus < vcpus, that is 1 < 2",
                "cpu_weight=0             | `cpu_weight` = 0 is out of range: 1 to 65535",
                "cpu_weight=65536         | `cpu_weight` = 65536 is out of range: 1 to 65535",
                "cpu_weight=4294967552    | `cpu_weight` = 4294967552 is out of range: 1 to 65535",
                "cap=101                  | `cap` = 101 is out of range: 0 to 100",
                "vcpus=1;maxvcpus=3;cap=301 | `cap` = 301 is out of range: 0 to 300",
                "cap='-2'                 | `cap` = -2 is out of range: 0 to 100",
            })
    void shouldRefuseANumberOutOfRange(String keys, String message) {
        assertThat(hvmProblem(keys)).isEqualTo(message);
    }

    @Test
    void shouldTakeTheEndsOfTheRanges() throws Exception {
        assertThat(hvm("memory=1;maxmem=1099511627776").maxMemMiB()).isEqualTo(1L << 40);
        assertThat(hvm("cpu_weight=65535").cpuWeight()).isEqualTo(65535);
        assertThat(hvm("cpu_weight=1;vcpus=3;cap=300").cap()).isEqualTo(300);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Destroy", "rename_restart", "", "dest"})
    void shouldRefuseAnUnknownCrashAction(String word) {
        assertThat(hvmProblem("on_crash='" + word + "'"))
                .startsWith("Unknown on_crash action \"" + word + "\" specified. Known are destroy, restart,");
    }

    @Test
    void shouldRefuseAnUnknownDeviceModelVersion() {
        assertThat(hvmProblem("device_model_version='qemu'"))
                .isEqualTo("Unknown device_model_version \"qemu\" specified. It is qemu-xen or qemu-xen-traditional");
    }
}
