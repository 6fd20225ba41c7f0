package org.xenfleet.assess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xenfleet.assess.Hosts.host;
import static org.xenfleet.assess.Hosts.hvm;
import static org.xenfleet.assess.Hosts.plain;
import static org.xenfleet.assess.Hosts.xen;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
import org.xenfleet.xen.advisory.Advisory;
import org.xenfleet.xen.advisory.AdvisoryCatalogue;
import org.xenfleet.xlcfg.GuestType;
import org.xenfleet.xlcfg.ServiceKeys;

class CatalogueAssessmentTest {

    private static AdvisoryAssessment of(String id, HostFacts host) {
        return CatalogueAssessment.judge(host).advisories().stream()
                .filter(a -> a.advisory().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static GuestFinding first(String id, HostFacts host) {
        return of(id, host).guests().get(0);
    }

    /** {@code pv}, {@code pvh}, or an HVM guest by the place of its device model. */
    private static GuestFacts guest(String kind, GuestTraits traits) {
        Optional<DevicePlacement> placement = DevicePlacement.of(kind);
        GuestType type = placement.isPresent()
                ? GuestType.HVM
                : Arrays.stream(GuestType.values())
                        .filter(t -> t.label().equals(kind))
                        .findFirst()
                        .orElseThrow();
        return new GuestFacts(
                "g",
                "g.cfg",
                type,
                new DeviceModelSpec(placement.orElse(DevicePlacement.NONE), false, false),
                traits,
                List.of());
    }

    private static GuestTraits traits(String words) {
        return new GuestTraits(
                words.contains("vcpus") ? 2 : 1,
                words.contains("pod"),
                new ServiceKeys(
                        false,
                        false,
                        words.contains("pci") ? 1 : 0,
                        words.contains("shadow"),
                        words.contains("channels") ? OptionalLong.of(4095) : OptionalLong.empty(),
                        words.contains("maptrack") ? OptionalLong.of(4096) : OptionalLong.empty()));
    }

    /** Each need of a way once met, and once not. */
    @ParameterizedTest(name = "{0} on {1}: {2} {3}")
    @CsvSource(delimiter = '|', textBlock = """
            xsa-11  | 4.1.2  | dom0            | -        | VULNERABLE      | guest-kernel
            xsa-11  | 4.1.2  | pv              | -        | NOT_EXPOSED     | ''
            xsa-11  | 4.1.3  | dom0            | -        | FIXED           | ''
            xsa-27  | 4.2.0  | stubdom         | -        | VULNERABLE      | device-model
            xsa-27  | 4.2.0  | dom0-restricted | -        | VULNERABLE      | device-model
            xsa-27  | 4.2.0  | dom0            | -        | NOT_APPLICABLE  | device-model
            xsa-27  | 4.2.0  | pvh             | -        | NOT_EXPOSED     | ''
            xsa-31  | 4.2.0  | pv              | -        | VULNERABLE      | guest-kernel
            xsa-45  | 4.2.2  | pv              | -        | VULNERABLE      | guest-kernel
            xsa-45  | 4.2.2  | dom0            | -        | NOT_EXPOSED     | ''
            xsa-60  | 4.3.1  | dom0            | pci      | VULNERABLE      | guest-kernel
            xsa-60  | 4.3.1  | dom0            | -        | NOT_EXPOSED     | ''
            xsa-60  | 4.3.1  | dom0            | pci shadow | NOT_EXPOSED   | ''
            xsa-114 | 4.4.0  | pv              | vcpus    | VULNERABLE      | guest-kernel
            xsa-114 | 4.4.0  | pv              | -        | NOT_EXPOSED     | ''
            xsa-125 | 4.4.0  | dom0            | pci      | VULNERABLE      | guest-kernel
            xsa-127 | 4.4.0  | service-domain  | -        | NOT_ESTABLISHED | management-domain
            xsa-127 | 4.4.0  | stubdom         | -        | NOT_EXPOSED     | ''
            xsa-136 | 4.5.0  | pv              | -        | VULNERABLE      | guest-kernel
            xsa-136 | 4.5.0  | pvh             | -        | NOT_EXPOSED     | ''
            xsa-246 | 4.9.0  | dom0            | pod      | VULNERABLE      | guest-kernel
            xsa-264 | 4.10.1 | pv              | vcpus    | VULNERABLE      | guest-kernel
            xsa-264 | 4.10.1 | pv              | -        | NOT_EXPOSED     | ''
            xsa-334 | 4.14.0 | stubdom         | -        | NOT_ESTABLISHED | device-model-domain
            xsa-334 | 4.14.0 | dom0            | -        | NOT_EXPOSED     | ''
            xsa-334 | 4.13.0 | stubdom         | -        | NOT_AFFECTED    | ''
            xsa-344 | 4.14.0 | pvh             | -        | VULNERABLE      | guest-kernel
            xsa-344 | 4.3.4  | pv              | -        | NOT_ESTABLISHED | guest-kernel
            xsa-410 | 4.12.0 | pvh             | -        | NOT_ESTABLISHED | guest-kernel
            xsa-410 | 4.12.0 | pv              | -        | NOT_EXPOSED     | ''
            xsa-380 | 4.15.0 | pv              | maptrack | VULNERABLE      | guest-kernel
            xsa-380 | 4.15.0 | pv              | -        | NOT_EXPOSED     | ''
            xsa-410 | 4.16.0 | pvh             | -        | VULNERABLE      | guest-kernel
            xsa-410 | 4.16.0 | pv              | -        | NOT_EXPOSED     | ''
            xsa-428 | 4.17.0 | stubdom         | pci      | VULNERABLE      | device-model
            xsa-428 | 4.17.0 | stubdom         | -        | NOT_EXPOSED     | ''
            xsa-492 | 4.17.0 | stubdom         | -        | VULNERABLE      | device-model-domain
            xsa-492 | 4.17.0 | dom0            | -        | NOT_APPLICABLE  | device-model-domain
            xsa-492 | 4.17.0 | dom0-restricted | -        | NOT_ESTABLISHED | device-model-domain
            xsa-492 | 4.17.0 | pv              | -        | NOT_EXPOSED     | ''
            """)
    void shouldJudgeByReleaseConfigurationAndRole(
            String id, String release, String kind, String words, Verdict verdict, String role) {
        GuestFinding found = first(id, host(xen(release), guest(kind, traits(words))));

        assertThat(found.verdict()).isEqualTo(verdict);
        assertThat(found.role()).isEqualTo(role);
        assertThat(found.finding().reason()).endsWith(".");
    }

    @Test
    void shouldSayWhatIsMissing() {
        assertThat(first("xsa-60", host(xen("4.3.1"), guest("dom0", traits("-"))))
                        .finding()
                        .reason())
                .isEqualTo("This needs a PCI device passed through: the guest's file names none.");
        assertThat(first("xsa-45", host(xen("4.2.2"), guest("pvh", traits("-"))))
                        .finding()
                        .reason())
                .isEqualTo("This needs a PV guest: the guest is PVH.");
    }

    @Test
    void shouldSayWhatIsNotKnown() {
        assertThat(first("xsa-136", host(xen("4.5.0"), guest("pv", traits("-"))))
                        .finding()
                        .reason())
                .endsWith(
                        "Whether its kernel has 32 bits is not known; unless the host boots it, the guest chooses it.");
        assertThat(first("xsa-246", host(xen("4.9.0"), guest("dom0", traits("-"))))
                        .finding()
                        .reason())
                .contains("It does not start that way, but");
        assertThat(first("xsa-246", host(xen("4.9.0"), guest("dom0", traits("pod"))))
                        .finding()
                        .reason())
                .endsWith("Its file has memory below maxmem.");
        assertThat(first("xsa-344", host(xen("4.14.0"), guest("pv", traits("-"))))
                        .finding()
                        .reason())
                .endsWith("It may have 1023 at once.");
        assertThat(first("xsa-344", host(xen("4.14.0"), guest("pv", traits("channels"))))
                        .finding()
                        .reason())
                .endsWith("It may have 4095 at once.");
    }

    /** Of an advisory that was not read nobody knows the mitigations; of XSA-492 it is known that there are none. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            xsa-31  | 4.2.0  | Not established: the advisory itself was not read.
            xsa-492 | 4.17.0 | None is known.
            xsa-252 | 4.10.0 | Run only HVM guests.
            """)
    void shouldTellMitigationsThatAreKnown(String id, String release, String mitigation) {
        GuestFacts guest = guest(id.equals("xsa-492") ? "stubdom" : "pv", traits("-"));

        assertThat(first(id, host(xen(release), guest)).finding().mitigation()).isEqualTo(mitigation);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            xsa-45  | 4.1.5 | Xen 4.1.6 or a later release of 4.1, or the fix added to 4.1.5 (7 commits up to 8eb2e89bfad8).
            xsa-136 | 4.3.4 | A newer line of Xen, such as 4.4.3 or all from 4.6.0 on, or the fix added to 4.3.4 (commit 15e1ed9ae79f); no release of 4.3 has it.
            xsa-27  | 4.0.4 | A newer line of Xen, such as 4.1.5 or all from 4.3.0 on; no fix is known of 4.0.
            xsa-45  | 4.1.6 | ''
            xsa-344 | 4.3.4 | A newer line of Xen, such as 4.12.4 or all from 4.15.0 on; no fix is known of 4.3.
            xsa-127 | 4.5.0 | Xen 4.5.1 or a later release of 4.5, or the fix added to 4.5.0 (commit 9246d2e070aa).
            xsa-246 | 4.9.0 | Xen 4.9.2 or a later release of 4.9, or the fix added to 4.9.0 (commit 61c13eddc60e).
            xsa-45  | 4.2.2 | Xen 4.2.3 or a later release of 4.2, or the fix added to 4.2.2 (7 commits up to a4b2683b11cc).
            xsa-492 | 4.16.0 | A newer line of Xen, such as 4.17.7 or all from 4.22.0 on; no fix is known of 4.16.
            """)
    void shouldSayWhatTakesTheFlawAway(String id, String release, String fix) {
        assertThat(of(id, host(xen(release), guest("pv", traits("-")))).fix()).isEqualTo(fix);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            4.4.2 | All of Xen has the fix from 4.3.0 on. An order above
            4.1.5 | Xen 4.1 has the fix from 4.1.4 on. An order above
            """)
    void shouldSaySinceWhenItIsFixed(String release, String reason) {
        assertThat(first("xsa-31", host(xen(release), guest("pv", traits("-"))))
                        .finding()
                        .reason())
                .startsWith(reason);
    }

    @Test
    void shouldTakeAFixThatWasAdded() {
        XenFacts mended = new XenFacts(Release.of("4.3.4"), 64, Arch.X86, Set.of("xsa-136"));

        Finding finding =
                first("xsa-136", host(mended, guest("pv", traits("-")))).finding();

        assertThat(finding.verdict()).isEqualTo(Verdict.FIXED);
        assertThat(finding.reason()).startsWith("The fix was added (commit 15e1ed9ae79f). ");
        assertThat(first("xsa-31", host(mended, guest("pv", traits("-")))).verdict())
                .isEqualTo(Verdict.FIXED);
        assertThat(first("xsa-125", host(mended, guest("dom0", traits("pci")))).verdict())
                .isEqualTo(Verdict.VULNERABLE);
    }

    @Test
    void shouldNeedNoSecondFlawWhereATenantSuppliesTheImage() {
        GuestFacts tenant = hvm("t", new DeviceModelSpec(DevicePlacement.STUBDOM, true, false));

        assertThat(first("xsa-262", host(xen("4.10.0"), tenant)).finding().secondFlaw())
                .isEqualTo(SecondFlaw.NOT_NEEDED);
        assertThat(first("xsa-262", host(xen("4.10.0"), hvm("a", DevicePlacement.STUBDOM)))
                        .finding()
                        .secondFlaw())
                .isEqualTo(SecondFlaw.NEEDED);
    }

    @Test
    void shouldKnowNoHypervisorOf32BitsFrom43On() {
        XenFacts narrow = new XenFacts(Release.of("4.3.0"), 32, Arch.X86, Set.of());

        assertThat(CatalogueAssessment.judge(host(narrow, guest("pv", traits("-"))))
                        .advisories())
                .allSatisfy(a -> assertThat(a.verdict()).isEqualTo(Verdict.NOT_CONSTRUCTIBLE));
    }

    @Test
    void shouldJudgeAHostWithoutGuestsByItsHypervisor() {
        assertThat(of("xsa-31", host(xen("4.2.0"))).verdict()).isEqualTo(Verdict.NOT_EXPOSED);
        assertThat(of("xsa-31", host(xen("4.2.1"))).verdict()).isEqualTo(Verdict.FIXED);
        assertThat(of("xsa-344", host(xen("4.3.0"))).verdict()).isEqualTo(Verdict.NOT_ESTABLISHED);
    }

    static Stream<XenFacts> hypervisors() {
        return Stream.concat(XenVersion.all().stream().map(XenVersion::release), Stream.of("3.4.4", "4.0.4", "4.9.1"))
                .flatMap(release -> Stream.of(32, 64)
                        .flatMap(bits -> Stream.of(Arch.values())
                                .flatMap(arch -> Stream.of(Set.of("xsa-89"), Set.<String>of())
                                        .map(added -> new XenFacts(Release.of(release), bits, arch, added)))));
    }

    private static HostFacts ofAllKinds(XenFacts xen) {
        return host(
                xen,
                plain("pv", GuestType.PV),
                plain("pvh", GuestType.PVH),
                hvm("dom0", DevicePlacement.DOM0),
                hvm("restricted", DevicePlacement.DOM0_RESTRICTED),
                hvm("stub", DevicePlacement.STUBDOM),
                hvm("service", DevicePlacement.SERVICE_DOMAIN),
                hvm("tenant", new DeviceModelSpec(DevicePlacement.SERVICE_DOMAIN, true, false)));
    }

    @ParameterizedTest
    @MethodSource("hypervisors")
    void shouldSayOfXsa89WhatIsSaidOfItAlone(XenFacts xen) {
        HostAssessment alone = Xsa89.judge(ofAllKinds(xen));
        AdvisoryAssessment one = of("xsa-89", ofAllKinds(xen));

        assertThat(one.verdict()).isEqualTo(alone.verdict());
        assertThat(one.fix()).isEqualTo(alone.fix());
        assertThat(one.guests())
                .extracting(GuestFinding::finding)
                .containsExactlyElementsOf(
                        alone.guests().stream().map(Assessment::finding).toList());
    }

    /** XSA-89 has rules of its own, and its record in the catalogue; on the hypervisor alone they must agree. */
    @ParameterizedTest
    @MethodSource("hypervisors")
    void shouldHaveARecordOfXsa89ThatAgreesWithItsRules(XenFacts xen) {
        Advisory record = AdvisoryCatalogue.shipped().find("xsa-89").orElseThrow();

        assertThat(StandingRule.settle(record, xen).map(Finding::verdict))
                .isEqualTo(HypervisorRule.settle(xen).map(Finding::verdict));
    }
}
