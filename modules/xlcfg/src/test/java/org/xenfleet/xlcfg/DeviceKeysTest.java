package org.xenfleet.xlcfg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xenfleet.xlcfg.Xl.guest;
import static org.xenfleet.xlcfg.Xl.hvm;
import static org.xenfleet.xlcfg.Xl.hvmProblem;
import static org.xenfleet.xlcfg.Xl.problems;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the author of a file is told; what is refused is held against xl in {@link WrittenGuestsTest}. */
class DeviceKeysTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "disk=['/a,raw']                  | `disk` \"/a,raw\": no vdev",
                "disk=['vdev=xvda']               | `disk` \"vdev=xvda\": no target, which only a cdrom can do without",
                "disk=['/a,raw,xvda,w!']          | `disk` \"/a,raw,xvda,w!\": unknown access `w!`; it is r, ro, w or rw",
                "disk=['foo:/a,xvda']             | `disk` \"foo:/a,xvda\": `foo` is no prefix of a target that xl knows",
                "vif=['rate=10MBps']              | `vif` \"rate=10MBps\": rate is such as 10MB/s, or 800Kb/s@20ms",
                "vif=['devid=x']                  | `vif` \"devid=x\": devid begins with a number, which `x` does not",
                "vtpm=['uuid=x']                  | `vtpm` \"uuid=x\": `uuid=x` has no value that xl knows",
                "vtpm=['']                        | `vtpm` \"\": it lacks backend=",
                "irqs=['x']                       | `irqs` \"x\": it is a decimal number up to 4294967294",
                "channel=['']                     | `channel` \"\": it is empty, on which xl 4.17 crashes",
                "viridian=['x']                   | Unknown word \"x\" in `viridian`",
                "viridian=[[]]                    | An item of `viridian` is a list, on which xl 4.17 crashes; write a text",
                "iomem=[[]]                       | An item of `iomem` is a list; write a text",
                "bios='x'                         | Unknown bios \"x\". Known are rombios, seabios, ovmf",
                "tsc_mode=9                       | `tsc_mode` = 9 is no mode. Known are default, always_emulate, native, native_paravirt",
                "mmio_hole=1                      | `mmio_hole` = 1 MiB is out of range: 256 to 3840",
                "max_grant_frames='x'             | `max_grant_frames` is a number from 0 to 2147483647",
                "device_model_args='x'            | `device_model_args` is a list of texts",
                "bootloader_args=' '              | `bootloader_args` is an empty text, on which xl 4.17 crashes",
                "memory=64;maxmem=96;pci=['0:1.0']| libxl refuses `memory` below `maxmem` for a hvm guest together with `pci`; make the two equal",
                "memory=64;vnuma=[['size=96','vcpus=0']] | libxl refuses `memory` below `maxmem` for a hvm guest together with `vnuma`; make the two equal",
                "maxmem=64;vnuma=[['size=96','vcpus=0']] | The sizes in `vnuma` come to 96 MiB, but `maxmem` = 64 MiB",
                "maxvcpus=2;vnuma=[['size=96','vcpus=0']]| `vnuma` names 1 vCPUs, but `maxvcpus` = 2",
                "vnuma=[['size=9','vcpus=0-1048576']]    | `vnuma` \"size=9\", \"vcpus=0-1048576\": it names more than 1048576 vCPUs",
            })
    void shouldSayWhatIsWrongAndWhatWouldBeRight(String keys, String message) {
        assertThat(hvmProblem(keys)).isEqualTo(message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "device_model='x'           | `device_model` is ignored; a model of one's own is `device_model_override`",
                "device_model='/stubdom-dm' | `device_model` is ignored; a model of one's own is `device_model_override` or `device_model_stubdomain_override`",
                "device_model_override='x'  | `device_model_override` is given without `device_model_version`",
                "cmdline='a';extra='b'      | `extra` is ignored in favour of `cmdline`",
                "altp2mhvm=1                | `altp2mhvm` is deprecated; it is `altp2m` now",
                "timer_mode=1               | `timer_mode` as a number is deprecated; it is one of delay_for_missed_ticks, no_delay_for_missed_ticks, no_missed_ticks_pending, one_missed_tick_pending now",
                "bootloader_args='a'        | `bootloader_args` as a text is deprecated; it is a list of arguments now",
                "vif=['netdev=x']           | `vif` \"netdev=x\": netdev is deprecated; it is gatewaydev now",
                "vif=['foo=1']              | `vif` \"foo=1\": `foo=1` is no parameter that xl knows, and xl drops it",
                "disk=[[]]                  | `disk` has an item that is a list; xl stops reading there",
                "disk='x'                   | `disk` is a single value but should be a list; it counts as not given",
                "smbios='x'                 | `smbios` is a key of later releases; xl 4.17 ignores it silently",
            })
    void shouldWarnWhereXlWarnsAndWhereItPassesOverInSilence(String keys, String message) throws Exception {
        assertThat(hvm(keys).warnings()).extracting(XlNotice::message).containsExactly(message);
    }

    @Test
    void shouldTakeTheSizeOfAGuestFromItsVirtualNodes() throws Exception {
        GuestConfig guest = hvm("vcpus=3;vnuma=[['pnode=1','size=64','vcpus=0-1'],['pnode=0','size=32','vcpus=2,3']]");
        assertThat(guest.maxMemMiB()).isEqualTo(96);
        assertThat(guest.memoryMiB()).isEqualTo(96);
        assertThat(guest.vcpus()).isEqualTo(3);
        assertThat(guest.maxVcpus()).isEqualTo(4);
        assertThat(guest.nodesNeeded()).isEqualTo(2);
        assertThat(guest.notModelled()).containsExactly("vnuma");
        assertThat(hvm("").nodesNeeded()).isZero();
    }

    @Test
    void shouldNotAskForWhatTheTypeHasNotWhenTheTypeIsWrong() {
        assertThat(problems("name='g';type='HVM';disk=['x']"))
                .extracting(XlNotice::message)
                .containsExactly("Invalid domain type HVM. `type` is hvm, pv or pvh, in lower case");
    }

    @Test
    void shouldReadNoKeyOfAnotherType() throws Exception {
        assertThat(guest("name='g';kernel='k';bios='x';pae='x';pvshim='x'").warnings())
                .isEmpty();
        assertThat(guest("name='g';kernel='k';e820_host='x'").warnings()).hasSize(1);
    }

    @Test
    void shouldQuoteALongTextShortAndAsItsAuthorWroteIt() {
        String text = "a".repeat(58) + "\u00c3\u00a4\u00c3\u00b6x";
        assertThat(hvmProblem("bios='" + text + "'"))
                .startsWith("Unknown bios \"" + "a".repeat(58) + "\u00e4\u00f6...\". ");
    }

    @Test
    void shouldShowOnlyTheFirstThousandRemarks() throws Exception {
        StringBuilder nics = new StringBuilder();
        for (int i = 0; i < 1500; i++) {
            nics.append("'foo").append(i).append("',");
        }
        assertThat(hvm("vif=[" + nics + "]").warnings())
                .hasSize(1001)
                .last()
                .isEqualTo(new XlNotice(0, "only the first 1000 remarks of this kind are shown"));
    }
}
