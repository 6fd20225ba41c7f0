package org.xenfleet.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xenfleet.assess.GuestFacts;
import org.xenfleet.assess.GuestTraits;
import org.xenfleet.assess.HostAssessment;
import org.xenfleet.assess.HostFacts;
import org.xenfleet.assess.XenFacts;
import org.xenfleet.assess.Xsa89;
import org.xenfleet.scenario.DeviceModelSpec;
import org.xenfleet.scenario.DevicePlacement;
import org.xenfleet.xen.Arch;
import org.xenfleet.xen.Release;
import org.xenfleet.xlcfg.GuestType;

class AssessmentTableTest {
    private static final XenFacts XEN = new XenFacts(Release.of("4.4.0"), 64, Arch.X86, Set.of());

    @Test
    void shouldTellEveryGuestAndEveryReasonOnce() {
        HostAssessment host = judge(
                hvm("web", DevicePlacement.DOM0, false),
                hvm("mail", DevicePlacement.DOM0, false),
                hvm("guest", DevicePlacement.SERVICE_DOMAIN, true));

        assertThat(AssessmentTable.of(List.of(host), 100, false)).isEqualTo("""
                xsa-89, server of s.conf, Xen 4.4.0 (x86, 64 bits): VULNERABLE, 1 of 3 guests.

                Host    Guest  Type  Device model                    Verdict         Exploitable  Second flaw
                server  web    hvm   dom0                            NOT_APPLICABLE  yes          -
                server  mail   hvm   dom0                            NOT_APPLICABLE  yes          -
                server  guest  hvm   service-domain, tenant's image  VULNERABLE      yes          not needed

                VULNERABLE by advisory: guest
                  The domain of the device model is privileged over the guest, and somebody else than the host's
                  administrator may supply its software: whoever does can make the call directly.
                  Precondition: none; no second flaw is needed.
                  Mitigation: Allow only images that the administrator of the host approved, or run only PV guests
                  on the host.
                  Fix: Xen 4.4.1 or newer, or the fix added to 4.4.0 (commit babcef372ae2).
                  Warning: Do not move the device model to an unrestricted process of dom0: the advisory says that
                  the security is still better as it is.

                NOT_APPLICABLE by advisory: web, mail
                  The device model is an unrestricted process of dom0, which can disturb the whole host anyway.
                  Fix: Xen 4.4.1 or newer, or the fix added to 4.4.0 (commit babcef372ae2).
                  Warning: Not applicable does not mean safe: the security is worse than with a stub domain or a
                  restricted process, and the advisory tells users not to switch to this.

                Others: NOT_EXPOSED by code. The call must be on another domain; a guest that makes it gets EPERM.
                """);
    }

    @Test
    void shouldNameOnlySomeOfThoseWhomAReasonIsAbout() {
        GuestFacts[] many = IntStream.range(0, 1_009)
                .mapToObj(i -> hvm("g" + i, DevicePlacement.STUBDOM, false))
                .toArray(GuestFacts[]::new);

        assertThat(AssessmentTable.of(List.of(judge(many)), 100, false))
                .contains("VULNERABLE, 1,009 of 1,009 guests.\n")
                .contains("VULNERABLE by advisory: g0, g1, g2, g3, g4, g5, g6, g7 and 1,001 more guests\n");
    }

    @Test
    void shouldNameTheFilesOfHostsWhereThereAreSeveral() {
        GuestFacts guest = hvm("g", DevicePlacement.DOM0, false);
        HostFacts other = new HostFacts("server", "t.conf", XEN, List.of(guest), true);

        assertThat(AssessmentTable.of(List.of(judge(guest), Xsa89.judge(other)), 100, false))
                .contains("\nserver of s.conf  g  ", "\nserver of t.conf  g  ");
    }

    @Test
    void shouldColourWhatIsBad() {
        assertThat(AssessmentTable.of(List.of(judge(hvm("g", DevicePlacement.STUBDOM, false))), 200, true))
                .contains("\u001b[31mVULNERABLE\u001b[0m");
    }

    @Test
    void shouldKeepControlCharactersOfNamesOffTheScreen() {
        assertThat(AssessmentTable.of(List.of(judge(hvm("g\u001b[2J", DevicePlacement.STUBDOM, false))), 200, false))
                .doesNotContain("\u001b")
                .contains("g?[2J");
    }

    @Test
    void shouldTellOfAHostWithoutGuests() {
        assertThat(AssessmentTable.of(List.of(judge()), 100, false))
                .isEqualTo("xsa-89, server of s.conf, Xen 4.4.0 (x86, 64 bits): NOT_EXPOSED, without a guest.\n");
    }

    private static HostAssessment judge(GuestFacts... guests) {
        return Xsa89.judge(new HostFacts("server", "s.conf", XEN, List.of(guests), true));
    }

    private static GuestFacts hvm(String name, DevicePlacement placement, boolean tenant) {
        DeviceModelSpec deviceModel = new DeviceModelSpec(placement, tenant, false);
        return new GuestFacts(name, "s.conf", GuestType.HVM, deviceModel, GuestTraits.PLAIN, List.of());
    }
}
