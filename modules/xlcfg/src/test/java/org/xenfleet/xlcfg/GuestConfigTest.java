package org.xenfleet.xlcfg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.xenfleet.xlcfg.Xl.guest;
import static org.xenfleet.xlcfg.Xl.hvm;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file that describes a guest comes to: xlcfg-grammar sections 2.1 to 2.7. */
class GuestConfigTest {
    @Test
    void shouldFillInTheDefaultsOf417() throws Exception {
        GuestConfig guest = guest("name='g'\nkernel='k'\n");
        assertThat(guest.fileName()).isEqualTo("t.cfg");
        assertThat(guest.name()).isEqualTo("g");
        assertThat(guest.type()).isEqualTo(GuestType.PV);
        assertThat(guest.memoryMiB()).isEqualTo(32);
        assertThat(guest.maxMemMiB()).isEqualTo(32);
        assertThat(guest.vcpus()).isEqualTo(1);
        assertThat(guest.maxVcpus()).isEqualTo(1);
        assertThat(guest.cpus()).isEqualTo(CpuAffinity.any());
        assertThat(guest.cpuWeight()).isEqualTo(256);
        assertThat(guest.cap()).isZero();
        assertThat(guest.pool()).isEmpty();
        assertThat(guest.deviceModelStubdomain()).isFalse();
        assertThat(guest.deviceModelVersion()).isEmpty();
        assertThat(guest.onCrash()).isEqualTo(OnCrash.DESTROY);
        assertThat(guest.warnings()).isEmpty();
        assertThat(guest.notModelled()).containsExactly("kernel");
        assertThat(guest.lines()).containsExactly(entry("name", 1));
    }

    @Test
    void shouldReadEveryModelledKey() throws Exception {
        GuestConfig guest = guest("""
                name = "web"
                builder = "hvm"
                memory = 1024
                maxmem = 2048
                vcpus = 2
                maxvcpus = 4
                cpus = "0-3"
                cpu_weight = 512
                cap = 150
                pool = "p1"
                device_model_stubdomain_override = 1
                device_model_version = "qemu-xen-traditional"
                on_crash = "rename-restart"
                type = "hvm"
                """);
        assertThat(guest.type()).isEqualTo(GuestType.HVM);
        assertThat(guest.memoryMiB()).isEqualTo(1024);
        assertThat(guest.maxMemMiB()).isEqualTo(2048);
        assertThat(guest.vcpus()).isEqualTo(2);
        assertThat(guest.maxVcpus()).isEqualTo(4);
        assertThat(guest.cpuWeight()).isEqualTo(512);
        assertThat(guest.cap()).isEqualTo(150);
        assertThat(guest.pool()).contains("p1");
        assertThat(guest.deviceModelStubdomain()).isTrue();
        assertThat(guest.deviceModelVersion()).contains("qemu-xen-traditional");
        assertThat(guest.onCrash()).isEqualTo(OnCrash.RENAME_RESTART);
        assertThat(guest.lines()).hasSize(14).containsEntry("cap", 9).containsEntry("type", 14);
        assertThat(guest.notModelled()).isEmpty();
        assertThat(guest.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"hvm,HVM", "h,HVM", "'',HVM", "p,PV", "pv,PV", "pvh,PVH"})
    void shouldTakeAnyPrefixOfAType(String word, GuestType type) throws Exception {
        assertThat(guest("name='g';kernel='k';type='" + word + "'").type()).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({"hvm,HVM", "'',HVM", "hv,HVM", "generic,PV", "gen,PV"})
    void shouldTakeAnyPrefixOfABuilder(String word, GuestType type) throws Exception {
        assertThat(guest("name='g';kernel='k';builder='" + word + "'").type()).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({"memory=100,100,100", "maxmem=100,100,100", "memory=50;maxmem=100,50,100", "memory=0x10,16,16"})
    void shouldLetOneOfTheTwoSizesStandForBoth(String keys, long memory, long max) throws Exception {
        assertThat(hvm(keys).memoryMiB()).isEqualTo(memory);
        assertThat(hvm(keys).maxMemMiB()).isEqualTo(max);
    }

    @ParameterizedTest
    @CsvSource({"vcpus=3,3,3", "maxvcpus=3,1,3", "vcpus=2;maxvcpus=3,2,3", "maxvcpus=0,1,1", "vcpus=4096,4096,4096"})
    void shouldBringUpOneVcpuUnderACeilingAlone(String keys, int vcpus, int max) throws Exception {
        assertThat(hvm(keys).vcpus()).isEqualTo(vcpus);
        assertThat(hvm(keys).maxVcpus()).isEqualTo(max);
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory='2G'", "memory=[64]", "memory='lots'", "memory=''", "memory=08", "memory+=64"})
    void shouldTakeAnUnreadableNumberAsNotGivenAndWarn(String key) throws Exception {
        GuestConfig guest = hvm("\n" + key);
        assertThat(guest.memoryMiB()).isEqualTo(32);
        assertThat(guest.warnings()).singleElement().satisfies(w -> {
            assertThat(w.line()).isEqualTo(2);
            assertThat(w.message()).startsWith("`memory` ").endsWith("; it counts as not given");
        });
        assertThat(guest.lines()).containsEntry("memory", 2);
    }

    @Test
    void shouldSayWhyAValueCountsAsNotGiven() throws Exception {
        assertThat(hvm("pool=['a'];memory=99999999999999999999;cap='x'").warnings())
                .extracting(XlNotice::message)
                .containsExactlyInAnyOrder(
                        "`pool` is a list but should be a single value; it counts as not given",
                        "`memory` could not be parsed as a number: Numerical result out of range; "
                                + "it counts as not given",
                        "`cap` is not a valid number: \"x\"; it counts as not given");
        assertThat(hvm("memory+=64").warnings().get(0).message())
                .isEqualTo("`memory` can't use += with numbers; it counts as not given");
    }

    @Test
    void shouldReadANumberAgainAfterALaterEquals() throws Exception {
        assertThat(hvm("memory+=64;memory=128").memoryMiB()).isEqualTo(128);
    }

    @ParameterizedTest
    @CsvSource({"0,false", "1,true", "-1,true", "0x0,false", "yes,false", "true,false"})
    void shouldTakeABooleanAsANumber(String value, boolean stub) throws Exception {
        assertThat(hvm("device_model_stubdomain_override='" + value + "'").deviceModelStubdomain())
                .isEqualTo(stub);
    }

    @Test
    void shouldGiveNoStubDomainToAGuestWithoutADeviceModel() throws Exception {
        GuestConfig guest = guest("name='g';kernel='k';device_model_stubdomain_override=1");
        assertThat(guest.deviceModelStubdomain()).isFalse();
        assertThat(guest.warnings())
                .extracting(XlNotice::message)
                .singleElement()
                .satisfies(m -> assertThat(m).endsWith("means nothing for a pv guest"));
    }

    @ParameterizedTest
    @EnumSource(OnCrash.class)
    void shouldTakeEveryCrashAction(OnCrash action) throws Exception {
        assertThat(hvm("on_crash='" + action.label() + "'").onCrash()).isEqualTo(action);
    }

    @Test
    void shouldTakeMinusOneAsNotGivenForWeightAndCap() throws Exception {
        assertThat(hvm("cpu_weight='-1';cap='-1'").cpuWeight()).isEqualTo(256);
        assertThat(hvm("cpu_weight='-1';cap='-1'").cap()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kernel='k'", "bootloader='b'", "firmware='pvgrub64'", "bootloader='b';kernel='k'"})
    void shouldTakeAPvhGuestWithSomethingToBoot(String key) throws Exception {
        assertThat(guest("name='g';type='pvh';" + key).type()).isEqualTo(GuestType.PVH);
    }

    @Test
    void shouldTakeAnEmptyNameAndANumberAsAName() throws Exception {
        assertThat(guest("name='';type='hvm'").name()).isEmpty();
        assertThat(guest("name=0123;type='hvm'").name()).isEqualTo("0123");
        assertThat(hvm("pool=1").pool()).contains("1");
    }

    @Test
    void shouldListWhatIsNotModelledSortedAndOnce() throws Exception {
        assertThat(hvm("vif=[];disk=['a,,xvda'];vif=['ip=b']").notModelled()).containsExactly("disk", "vif");
    }

    @Test
    void shouldMentionEachNameThatXlDoesNotKnow() throws Exception {
        assertThat(hvm("\nmaxcpus=2\nstvga=1\nmaxcpus=3\nfrobnicate=1").warnings())
                .containsExactly(
                        unknown(2, "maxcpus", "; did you mean `maxvcpus`?"),
                        unknown(3, "stvga", "; did you mean `stdvga`?"),
                        unknown(5, "frobnicate", ""));
    }

    @ParameterizedTest
    @CsvSource({"vcpu,vcpus", "apci,acpi", "memmory,memory", "a,", "xy,", "maxmemory,", "acpi_firmwares,acpi_firmware"})
    void shouldOnlySuggestAKeyThatIsNear(String name, String key) {
        assertThat(XlKeys.nearest(name).orElse(null)).isEqualTo(key);
    }

    @Test
    void shouldKnowThe172KeysOfXl() {
        assertThat(XlKeys.ALL).hasSize(172).containsAll(XlKeys.MODELLED);
        assertThat(XlKeys.MODELLED).hasSize(15);
    }

    @Test
    void shouldLabelTypesAsXlDoes() {
        assertThat(GuestType.values()).extracting(GuestType::label).containsExactly("hvm", "pv", "pvh");
    }

    private static XlNotice unknown(int line, String name, String remedy) {
        return new XlNotice(line, "xl ignores `" + name + "` silently: it is not a key of xl" + remedy);
    }
}
