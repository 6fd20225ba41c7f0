package org.xenfleet.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.xenfleet.assess.CatalogueAssessment;
import org.xenfleet.assess.GuestFacts;
import org.xenfleet.assess.GuestTraits;
import org.xenfleet.assess.HostFacts;
import org.xenfleet.assess.XenFacts;
import org.xenfleet.scenario.DeviceModelSpec;
import org.xenfleet.scenario.DevicePlacement;
import org.xenfleet.xen.Arch;
import org.xenfleet.xen.Release;
import org.xenfleet.xlcfg.GuestType;

class CatalogueTableTest {

    private static CatalogueAssessment judge(String release, GuestFacts... guests) {
        XenFacts xen = new XenFacts(Release.of(release), 64, Arch.X86, Set.of());
        return CatalogueAssessment.judge(new HostFacts("h", "s.conf", xen, List.of(guests), true));
    }

    private static GuestFacts pv(String name) {
        return guest(name, GuestType.PV, DevicePlacement.NONE);
    }

    private static GuestFacts guest(String name, GuestType type, DevicePlacement placement) {
        return new GuestFacts(
                name, "s.conf", type, new DeviceModelSpec(placement, false, false), GuestTraits.PLAIN, List.of());
    }

    /** On 4.17.7 nothing is open but what nobody knows. */
    @Test
    void shouldTellOfAHostWithoutAnythingToAttackOnlyWhichAdvisoriesThereAre() {
        String text = CatalogueTable.of(List.of(judge("4.17.7", pv("p"))), 100, false);

        assertThat(text)
                .startsWith(
                        "h of s.conf, Xen 4.17.7 (x86, 64 bits), 1 guest, 30 advisories: 26 FIXED, 4 NOT_AFFECTED.\n");
        assertThat(text).contains("NOT_AFFECTED: xsa-11, xsa-158, xsa-295, xsa-307\n");
        assertThat(text).doesNotContain("Advisory");
    }

    @Test
    void shouldTellWhatIsOpenTheWorstFirstWithWhomItIsAbout() {
        GuestFacts[] guests = Stream.concat(
                        IntStream.range(0, 5).mapToObj(i -> pv("p" + i)),
                        Stream.of(guest("h", GuestType.PVH, DevicePlacement.NONE)))
                .toArray(GuestFacts[]::new);

        String text = CatalogueTable.of(List.of(judge("4.11.1", guests)), 120, false);

        assertThat(text).contains("""
                Guests                 Advisory  Verdict          By            Second flaw
                p0, p1, p2 and 2 more  xsa-290   VULNERABLE       guest-kernel  not needed
                p0, p1, p2 and 3 more  xsa-344   VULNERABLE       guest-kernel  not needed
                h                      xsa-410   NOT_ESTABLISHED  guest-kernel  -
                """);
        assertThat(text).contains("""

                xsa-290, VULNERABLE by cve+commits: Page tables that contain themselves multiply the work between two tests for
                preemption.
                  The guest's kernel links its page tables to themselves and lets Xen take them apart.
                  Mitigation: Not established: the advisory itself was not read.
                  Fix: Xen 4.11.2 or a later release of 4.11, or the fix added to 4.11.1 (commits 4835974065cc and 92227e25092c).
                """);
    }

    @Test
    void shouldSayThatADeviceModelMustBeTakenOverFirst() {
        String text = CatalogueTable.of(
                List.of(judge("4.10.0", guest("v", GuestType.HVM, DevicePlacement.STUBDOM))), 120, false);

        assertThat(text)
                .contains("v       xsa-262   VULNERABLE       device-model         needed")
                .contains("  Precondition: a second flaw, which lets the guest take its device model over.\n");
    }
}
