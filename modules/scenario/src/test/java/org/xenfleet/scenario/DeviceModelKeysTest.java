package org.xenfleet.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceModelKeysTest {
    private static final String KEY = "hosts.h.domains.g.device-model=";
    private static final String TENANT = "hosts.h.domains.g.device-model-image=tenant";
    private static final String STUB = Folder.XL + "device_model_stubdomain_override = 1\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temp;

    private Folder folder;

    @BeforeEach
    void makeFolder() {
        folder = new Folder(temp).scenario("");
    }

    @ParameterizedTest
    @CsvSource({
        "'', DOM0, false",
        "dm_restrict = 1, DOM0_RESTRICTED, false",
        "device_model_stubdomain_override = 1, STUBDOM, true",
        "device_model_stubdomain_override = 1; dm_restrict = 1, STUBDOM, true",
    })
    void shouldGoByTheXlFile(String more, DevicePlacement placement, boolean ofItsOwn) throws Exception {
        folder.file("xl/g.cfg", Folder.XL + more + "\n");

        assertThat(guest().deviceModel()).isEqualTo(new DeviceModelSpec(placement, false, false));
        assertThat(guest().stubDomain()).isEqualTo(ofItsOwn);
    }

    @ParameterizedTest
    @CsvSource({
        "dom0, DOM0, false",
        "dom0-restricted, DOM0_RESTRICTED, false",
        "stubdom, STUBDOM, true",
        "service-domain, SERVICE_DOMAIN, true"
    })
    void shouldPutTheDeviceModelWhereTheScenarioSays(String word, DevicePlacement placement, boolean ofItsOwn)
            throws Exception {
        assertThat(guest(KEY + word).deviceModel().placement()).isEqualTo(placement);
        assertThat(guest(KEY + word).stubDomain()).isEqualTo(ofItsOwn);
    }

    @Test
    void shouldRememberThatADeviceModelLeftItsStubDomain() throws Exception {
        folder.file("xl/g.cfg", STUB);

        assertThat(guest(KEY + "dom0").deviceModel()).isEqualTo(new DeviceModelSpec(DevicePlacement.DOM0, false, true));
        assertThat(guest(KEY + "dom0-restricted").deviceModel().movedFromStub()).isFalse();
        assertThat(folder.notices(KEY + "dom0"))
                .anySatisfy(notice -> assertThat(notice)
                        .contains("device-model = dom0 is what counts, although xl/g.cfg asks for a stub domain"));
    }

    @Test
    void shouldSayWhoMadeTheSoftwareOfTheDomain() throws Exception {
        assertThat(guest(KEY + "service-domain", TENANT).deviceModel().tenantImage())
                .isTrue();
        assertThat(guest(KEY + "service-domain").deviceModel().tenantImage()).isFalse();
        assertThat(guest(TENANT).deviceModel().tenantImage()).isFalse();
        assertThat(folder.notices(TENANT))
                .anySatisfy(notice -> assertThat(notice)
                        .contains("device-model-image changes nothing: the device model has no domain of its own"));
    }

    @Test
    void shouldRefuseADeviceModelForAGuestThatHasNone() throws Exception {
        folder.file("xl/g.cfg", "name = \"g\"\ntype = \"pvh\"\nkernel = \"k\"\n");

        assertThat(guest().deviceModel().placement()).isEqualTo(DevicePlacement.NONE);
        assertThat(folder.problem(KEY + "stubdom"))
                .endsWith("device-model needs an HVM guest, but xl/g.cfg describes a guest of type pvh, which has no"
                        + " device model");
    }

    @Test
    void shouldSayWhichWordsThereAre() {
        assertThat(folder.problem(KEY + "stub"))
                .contains("stub is not known; it must be one of dom0, dom0-restricted, stubdom, service-domain");
    }

    @Test
    void shouldReadWhetherAGuestIsADriverDomain() throws Exception {
        assertThat(guest().services().driverDomain()).isFalse();

        folder.file("xl/g.cfg", Folder.XL + "driver_domain = 1\n");
        assertThat(guest().services().driverDomain()).isTrue();
    }

    private DomainSpec guest(String... settings) throws ScenarioException {
        return Folder.host(folder.load(settings).scenario()).domains().get(0);
    }
}
