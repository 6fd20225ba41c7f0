package org.xenfleet.assess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenfleet.scenario.DevicePlacement;
import org.xenfleet.xlcfg.GuestType;
import org.xenfleet.xlcfg.XlConfigException;
import org.xenfleet.xlcfg.XlSyntaxException;

class XlGuestTest {
    private static final String HVM = "name = \"g\"\ntype = \"hvm\"\nmemory = 512\n";
    private static final String STUB = HVM + "device_model_stubdomain_override = 1\n";

    @ParameterizedTest
    @CsvSource({
        "'', dom0, ''",
        "dm_restrict = 1, dom0-restricted, ''",
        "device_model_stubdomain_override = 1, stubdom, approved"
    })
    void shouldReadWhereTheDeviceModelRuns(String more, String placement, String image) throws Exception {
        GuestFacts facts = read(HVM + more + "\n", "").facts();

        assertThat(facts.placementLabel()).isEqualTo(placement);
        assertThat(facts.image()).isEqualTo(image);
        assertThat(facts.typeLabel()).isEqualTo("hvm");
        assertThat(facts.file()).isEqualTo("g.cfg");
    }

    @Test
    void shouldPutItWhereTheUserSays() throws Exception {
        XlGuest moved = read(STUB, "dom0");

        assertThat(moved.facts().placement()).isEqualTo(DevicePlacement.DOM0);
        assertThat(moved.facts().deviceModel().movedFromStub()).isTrue();
        assertThat(moved.remarks())
                .containsExactly("g.cfg: the device model counts as dom0, although the file says stubdom");
        assertThat(read(STUB, "service-domain").facts().deviceModel().movedFromStub())
                .isFalse();
        assertThat(read(HVM, "stubdom").remarks()).isEmpty();
    }

    @Test
    void shouldGiveNoDeviceModelToOtherGuests() throws Exception {
        GuestFacts pv =
                read("name = \"p\"\ntype = \"pv\"\nkernel = \"k\"\n", "stubdom").facts();

        assertThat(pv.type()).isEqualTo(GuestType.PV);
        assertThat(pv.placementLabel()).isEqualTo("none");
        assertThat(pv.image()).isEmpty();
    }

    @Test
    void shouldTellWhatCountsAsNotGiven() throws Exception {
        assertThat(read(HVM + "device_model_stubdomain_override = \"yes\"\n", "")
                        .remarks())
                .singleElement()
                .asString()
                .startsWith("g.cfg:4: `device_model_stubdomain_override` is not a valid number");
    }

    @Test
    void shouldRefuseWhatDescribesNoGuest() {
        assertThatThrownBy(() -> read("name = [\n", ""))
                .isInstanceOf(XlSyntaxException.class)
                .hasMessageStartingWith("g.cfg:");
        assertThatThrownBy(() -> read("memory = 1\n", "")).isInstanceOf(XlConfigException.class);
    }

    private static XlGuest read(String text, String placement) throws XlSyntaxException, XlConfigException {
        Optional<DevicePlacement> instead = DevicePlacement.of(placement);
        return XlGuest.read("g.cfg", text.getBytes(StandardCharsets.ISO_8859_1), instead, false);
    }
}
