package org.xenfleet.assess;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenfleet.scenario.DeviceModelSpec;
import org.xenfleet.scenario.DevicePlacement;
import org.xenfleet.xen.Arch;
import org.xenfleet.xen.Release;
import org.xenfleet.xlcfg.GuestType;

/**
 * Section 3 of advisories.md, row by row. "added" is a fix that was added to the release; the caller is the device model
 * unless the row is about somebody else.
 */
class MatrixTest {
    @ParameterizedTest(name = "row {0}: Xen {1}, {2} bits, {4}, {5}")
    @CsvSource(delimiter = '|', textBlock = """
            # row | Xen | bits | on | guest | device model | image | fix | caller | verdict | basis | second flaw
            1  | 4.0.4   | 64 | x86 | hvm | stubdom         | approved | no    | -      | NOT_AFFECTED      | advisory+code | -
            2  | 4.1.6.1 | 64 | x86 | hvm | stubdom         | approved | no    | -      | VULNERABLE        | advisory      | needed
            3  | 4.1.6.1 | 32 | x86 | hvm | stubdom         | approved | no    | -      | VULNERABLE        | advisory+code | needed
            4  | 4.2.4   | 32 | x86 | hvm | stubdom         | approved | no    | -      | NOT_AFFECTED      | advisory+code | -
            5  | 4.2.4   | 64 | x86 | hvm | stubdom         | approved | no    | -      | VULNERABLE        | advisory      | needed
            6  | 4.2.4   | 64 | x86 | hvm | dom0            | -        | no    | -      | NOT_APPLICABLE    | advisory      | -
            7  | 4.3.2   | 64 | x86 | hvm | dom0            | -        | no    | -      | NOT_APPLICABLE    | advisory      | -
            8  | 4.3.2   | 64 | x86 | hvm | dom0-restricted | -        | no    | -      | VULNERABLE        | advisory      | needed
            9  | 4.3.2   | 64 | x86 | hvm | stubdom         | approved | no    | -      | VULNERABLE        | advisory      | needed
            10 | 4.4.0   | 64 | x86 | hvm | service-domain  | tenant   | no    | -      | VULNERABLE        | advisory      | not needed
            11 | 4.4.0   | 64 | x86 | hvm | service-domain  | approved | no    | -      | MITIGATED         | advisory      | needed
            12 | 4.4.0   | 64 | x86 | pv  | none            | -        | no    | -      | NOT_EXPOSED       | advisory      | -
            13 | 4.4.0   | 64 | x86 | pv+ | stubdom         | approved | no    | -      | VULNERABLE        | advisory      | needed
            14 | 4.4.0   | 64 | x86 | pvh | none            | -        | no    | -      | NOT_EXPOSED       | code          | -
            15 | 4.4.0   | 64 | x86 | hvm | stubdom         | approved | added | -      | FIXED             | code          | -
            16 | 4.4.1   | 64 | x86 | hvm | stubdom         | approved | no    | -      | FIXED             | code          | -
            17 | 4.3.3   | 64 | x86 | hvm | stubdom         | approved | no    | -      | FIXED             | code          | -
            17 | 4.2.5   | 64 | x86 | hvm | stubdom         | approved | no    | -      | FIXED             | code          | -
            18 | 4.1.6.1 | 64 | x86 | hvm | stubdom         | approved | added | -      | FIXED             | code          | -
            19 | 4.5.0   | 64 | x86 | hvm | stubdom         | approved | no    | -      | FIXED             | code          | -
            20 | 4.4.0   | 64 | x86 | hvm | stubdom         | approved | no    | driver | NOT_EXPOSED       | advisory+code | -
            21 | 4.4.0   | 64 | x86 | hvm | stubdom         | approved | no    | itself | NOT_EXPOSED       | code          | -
            22 | 4.3.0   | 32 | x86 | hvm | dom0            | -        | no    | -      | NOT_CONSTRUCTIBLE | code          | -
            22 | 4.3.2   | 32 | x86 | hvm | service-domain  | tenant   | added | -      | NOT_CONSTRUCTIBLE | code          | -
            23 | 4.4.0   | 64 | x86 | hvm | dom0 (moved)    | -        | no    | -      | NOT_APPLICABLE    | advisory      | -
            24 | 4.4.0   | 64 | arm | pv  | none            | -        | no    | -      | NOT_AFFECTED      | code          | -
            """)
    void shouldAnswerAsTheMatrixDoes(
            String row,
            String release,
            int bits,
            String arch,
            String kind,
            String deviceModel,
            String image,
            String fix,
            String caller,
            Verdict verdict,
            String basis,
            String secondFlaw) {
        XenFacts xen = new XenFacts(
                Release.of(release),
                bits,
                arch.equals("arm") ? Arch.ARM : Arch.X86,
                fix.equals("added") ? Set.of("xsa-89") : Set.of());
        GuestFacts guest = guest(kind.equals("pv+") ? "hvm" : kind, deviceModel, image);
        List<Finding> findings = switch (caller) {
            case "-" ->
                // The PV guest of row 13 is judged with the other.
                Xsa89.judge(
                                kind.equals("pv+")
                                        ? Hosts.host(xen, Hosts.plain("a", GuestType.PV), guest)
                                        : Hosts.host(xen, guest))
                        .guests()
                        .stream()
                        .map(Assessment::finding)
                        .toList();
            default ->
                Xsa89.judge(Hosts.host(xen, guest, Hosts.driver("driver"))).guests().get(0).others().stream()
                        .filter(other -> other.name().endsWith(caller))
                        .map(OtherCaller::finding)
                        .toList();
        };

        assertThat(findings).hasSize(kind.equals("pv+") ? 2 : 1).allSatisfy(finding -> {
            assertThat(finding.verdict()).isEqualTo(verdict);
            assertThat(finding.basis().label()).isEqualTo(basis);
            assertThat(finding.secondFlaw().label()).isEqualTo(secondFlaw);
            assertThat(finding.reason()).endsWith(".");
        });
    }

    private static GuestFacts guest(String kind, String deviceModel, String image) {
        GuestType type = Arrays.stream(GuestType.values())
                .filter(t -> t.label().equals(kind))
                .findFirst()
                .orElseThrow();
        DevicePlacement placement =
                DevicePlacement.of(deviceModel.split(" ")[0]).orElse(DevicePlacement.NONE);
        return new GuestFacts(
                "b",
                "b.cfg",
                type,
                new DeviceModelSpec(placement, image.equals("tenant"), deviceModel.contains("moved")),
                GuestTraits.PLAIN,
                List.of());
    }
}
