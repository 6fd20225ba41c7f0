package org.xenfleet.assess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xenfleet.assess.Hosts.driver;
import static org.xenfleet.assess.Hosts.host;
import static org.xenfleet.assess.Hosts.hvm;
import static org.xenfleet.assess.Hosts.plain;
import static org.xenfleet.assess.Hosts.xen;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.xenfleet.scenario.DeviceModelSpec;
import org.xenfleet.scenario.DevicePlacement;
import org.xenfleet.xen.Arch;
import org.xenfleet.xen.Release;
import org.xenfleet.xen.XenVersion;
import org.xenfleet.xlcfg.GuestType;

class Xsa89Test {
    private static final GuestFacts STUB = hvm("stub", DevicePlacement.STUBDOM);

    @Test
    void shouldSayOfAPvGuestWhichOthersExposeItsHost() {
        HostAssessment judged = Xsa89.judge(host(
                xen("4.4.0"),
                plain("pv", GuestType.PV),
                STUB,
                hvm("own", DevicePlacement.DOM0_RESTRICTED),
                driver("d")));

        Assessment pv = judged.guests().get(0);
        assertThat(judged.verdict()).isEqualTo(Verdict.VULNERABLE);
        assertThat(pv.exposedBy()).containsExactly("stub", "own");
        assertThat(pv.exploitable()).isTrue();
        assertThat(pv.finding().reason()).endsWith("the host is exposed by stub and 1 other.");
        assertThat(pv.finding().mitigation()).isEqualTo("Run only PV guests on the host.");
    }

    @Test
    void shouldCallNoSecondFlawNeededForAPvGuestBesideATenantsImage() {
        GuestFacts tenant = hvm("t", new DeviceModelSpec(DevicePlacement.SERVICE_DOMAIN, true, false));

        assertThat(finding(host(xen("4.4.0"), plain("pv", GuestType.PV), STUB, tenant))
                        .secondFlaw())
                .isEqualTo(SecondFlaw.NOT_NEEDED);
    }

    @ParameterizedTest
    @CsvSource({"DOM0", "SERVICE_DOMAIN"})
    void shouldNotExposeAPvGuestByOneThatIsNotVulnerable(DevicePlacement placement) {
        Finding finding = finding(host(xen("4.4.0"), plain("pv", GuestType.PV), hvm("h", placement)));

        assertThat(finding.verdict()).isEqualTo(Verdict.NOT_EXPOSED);
        assertThat(finding.basis()).isEqualTo(Basis.CODE);
        assertThat(finding.mitigation()).isEmpty();
    }

    @Test
    void shouldJudgeAPvhGuestByItselfButSayWhoExposesItsHost() {
        Assessment pvh = Xsa89.judge(host(xen("4.4.0"), plain("pvh", GuestType.PVH), STUB))
                .guests()
                .get(0);

        assertThat(pvh.verdict()).isEqualTo(Verdict.NOT_EXPOSED);
        assertThat(pvh.exposedBy()).containsExactly("stub");
        assertThat(pvh.exploitable()).isFalse();
    }

    @Test
    void shouldNotPromiseThatThereAreOnlyPvGuestsWhereSomeCouldNotBeRead() {
        HostFacts incomplete = new HostFacts("host", "", xen("4.4.0"), List.of(plain("pv", GuestType.PV)), false);

        assertThat(finding(incomplete).reason())
                .isEqualTo("Only PV guests run on the host, as far as its guests could be read.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            4.1.3 | A newer line of Xen, or the fix added to 4.1.3 (commit cfe54268832a); no release of 4.1 has it.
            4.2.0 | Xen 4.2.5 or newer, or the fix added to 4.2.0 (commit f7e1fc377a9b).
            4.3.2 | Xen 4.3.3 or newer, or the fix added to 4.3.2 (commit ce8905557586).
            4.4.0 | Xen 4.4.1 or newer, or the fix added to 4.4.0 (commit babcef372ae2).
            4.4.1 | ''
            4.0.4 | ''
            """)
    void shouldSayWhatTakesTheFlawAway(String release, String fix) {
        assertThat(Xsa89.judge(host(xen(release), STUB)).fix()).isEqualTo(fix);
    }

    @Test
    void shouldWarnOfAnUnrestrictedProcessOfDom0() {
        assertThat(finding(host(xen("4.4.0"), STUB)).warning()).startsWith("Do not move the device model to");
        assertThat(finding(host(xen("4.4.0"), hvm("h", DevicePlacement.DOM0))).warning())
                .contains("does not mean safe", "not to switch to this");
        assertThat(finding(host(xen("4.4.0"), hvm("h", new DeviceModelSpec(DevicePlacement.DOM0, false, true))))
                        .warning())
                .contains("WORSE", "not to switch from there");
        assertThat(finding(host(xen("4.4.1"), STUB)).warning()).isEmpty();
    }

    @Test
    void shouldTakeATenantsStubDomainForOneThatNeedsNoOtherFlaw() {
        Finding finding =
                finding(host(xen("4.4.0"), hvm("h", new DeviceModelSpec(DevicePlacement.STUBDOM, true, false))));

        assertThat(finding.verdict()).isEqualTo(Verdict.VULNERABLE);
        assertThat(finding.secondFlaw()).isEqualTo(SecondFlaw.NOT_NEEDED);
        assertThat(finding.mitigation()).startsWith("Allow only images that the administrator of the host approved");
    }

    @Test
    void shouldListWhoElseMightMakeTheCall() {
        GuestFacts caller = new GuestFacts(
                "caller",
                "c.cfg",
                GuestType.PV,
                plain("x", GuestType.PV).deviceModel(),
                GuestTraits.PLAIN,
                List.of("stub"));

        List<OtherCaller> others = Xsa89.judge(host(xen("4.4.0"), STUB, driver("d"), caller, plain("e", GuestType.PV)))
                .guests()
                .get(0)
                .others();

        assertThat(others).extracting(OtherCaller::name).containsExactly("the guest itself", "d", "caller");
        assertThat(others).noneMatch(OtherCaller::exploitable);
        assertThat(others.get(1).finding().reason()).startsWith("d, a driver domain, has no privilege");
    }

    @Test
    void shouldJudgeAHostWithoutGuestsByItsHypervisor() {
        assertThat(Xsa89.judge(host(xen("4.4.0"))).verdict()).isEqualTo(Verdict.NOT_EXPOSED);
        assertThat(Xsa89.judge(host(xen("4.4.1"))).verdict()).isEqualTo(Verdict.FIXED);
    }

    static Stream<XenFacts> hypervisors() {
        return Stream.concat(XenVersion.all().stream().map(XenVersion::release), Stream.of("3.4.4", "4.0.4", "4.9.1"))
                .flatMap(release -> Stream.of(32, 64)
                        .flatMap(bits -> Stream.of(Arch.values())
                                .flatMap(arch -> Stream.of(Set.of("xsa-89"), Set.<String>of())
                                        .map(added -> new XenFacts(Release.of(release), bits, arch, added)))));
    }

    /** The two answers are found in different ways; where trust is left out of it they must come to the same. */
    @ParameterizedTest
    @MethodSource("hypervisors")
    void shouldCallExploitableExactlyWhereTheVerdictLeavesSomethingToAttack(XenFacts xen) {
        List<Verdict> attackable = List.of(Verdict.NOT_APPLICABLE, Verdict.MITIGATED, Verdict.VULNERABLE);
        List<GuestFacts> guests = Stream.concat(
                        Stream.of(plain("pvh", GuestType.PVH)),
                        Stream.of(DevicePlacement.values())
                                .filter(p -> p != DevicePlacement.NONE)
                                .flatMap(p -> Stream.of(true, false)
                                        .map(tenant -> hvm(p.label(), new DeviceModelSpec(p, tenant, false)))))
                .toList();

        for (GuestFacts guest : guests) {
            Assessment judged = Xsa89.judge(host(xen, guest)).guests().get(0);
            assertThat(judged.exploitable()).as("%s", judged).isEqualTo(attackable.contains(judged.verdict()));
        }
    }

    private static Finding finding(HostFacts host) {
        return Xsa89.judge(host).guests().get(0).finding();
    }
}
