package org.xenfleet.xen.advisory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.xenfleet.xen.Arch;
import org.xenfleet.xen.Release;
import org.xenfleet.xen.XenVersion;
import org.xenfleet.xen.operation.OperationCatalogue;

/** The advisories that are shipped, release by release. */
class AdvisoryCatalogueTest {
    private static final AdvisoryCatalogue SHIPPED = AdvisoryCatalogue.shipped();

    static List<Advisory> advisories() {
        return SHIPPED.all();
    }

    static List<XenVersion> versions() {
        return XenVersion.all();
    }

    private static Standing standing(String id, String release, int bits, Arch arch) {
        return SHIPPED.find(id).orElseThrow().standing(Release.of(release), bits, arch);
    }

    @Test
    void everyFileIsInTheCatalogue() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/org/xenfleet/xen/advisory"))) {
            assertThat(files.map(f -> f.getFileName().toString()).filter(f -> f.startsWith("xsa-")))
                    .containsExactlyInAnyOrderElementsOf(
                            SHIPPED.ids().stream().map(id -> id + ".conf").toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyShapeHasAnAdvisory(Shape shape) {
        assertThat(SHIPPED.all()).anySatisfy(a -> assertThat(a.shapes()).contains(shape));
    }

    @ParameterizedTest
    @MethodSource("advisories")
    void whatIsSaidIsSaidInSentences(Advisory advisory) {
        assertThat(advisory.fix()).endsWith(".");
        assertThat(advisory.ways()).allSatisfy(way -> assertThat(way.text()).endsWith("."));
        assertThat(advisory.exemptions())
                .allSatisfy(e -> assertThat(e.because()).endsWith("."));
        assertThat(advisory.mitigations().orElse(List.of()))
                .allSatisfy(m -> assertThat(m).endsWith("."));
        assertThat(advisory.title()).doesNotEndWith(".");
    }

    /** What was not read is told as unknown: only of advisories read in full it is known which mitigations they name. */
    @ParameterizedTest
    @MethodSource("advisories")
    void mitigationsAreKnownOfThoseThatWereReadInFull(Advisory advisory) {
        if (advisory.readInFull()) {
            assertThat(advisory.mitigations()).isPresent();
        } else if (!advisory.id().equals("xsa-380")) { // the text of its CVE names the default limits
            assertThat(advisory.mitigations()).isEmpty();
        }
    }

    /** Both sides of each border, from the tags of xen.git. */
    @ParameterizedTest
    @CsvSource({
        "xsa-11,  3.4.4,   NOT_AFFECTED",
        "xsa-11,  4.0.3,   AFFECTED",
        "xsa-11,  4.0.4,   FIXED",
        "xsa-11,  4.1.2,   AFFECTED",
        "xsa-11,  4.1.3,   FIXED",
        "xsa-11,  4.2.0,   NOT_AFFECTED",
        "xsa-27,  4.0.4,   AFFECTED",
        "xsa-27,  4.1.4,   AFFECTED",
        "xsa-27,  4.1.5,   FIXED",
        "xsa-27,  4.2.0,   AFFECTED",
        "xsa-27,  4.2.1,   FIXED",
        "xsa-27,  4.3.0,   FIXED",
        "xsa-31,  4.1.3,   AFFECTED",
        "xsa-31,  4.1.4,   FIXED",
        "xsa-45,  4.1.5,   AFFECTED",
        "xsa-45,  4.1.6,   FIXED",
        "xsa-45,  4.2.2,   AFFECTED",
        "xsa-45,  4.2.3,   FIXED",
        "xsa-60,  4.1.6.1, AFFECTED",
        "xsa-60,  4.2.3,   AFFECTED",
        "xsa-60,  4.2.4,   FIXED",
        "xsa-60,  4.3.2,   FIXED",
        "xsa-60,  4.4.0,   FIXED",
        "xsa-97,  4.1.6.1, NOT_AFFECTED",
        "xsa-97,  4.2.5,   AFFECTED",
        "xsa-97,  4.3.4,   FIXED",
        "xsa-97,  4.4.1,   AFFECTED",
        "xsa-97,  4.4.2,   FIXED",
        "xsa-114, 4.4.1,   AFFECTED",
        "xsa-114, 4.4.2,   FIXED",
        "xsa-114, 4.5.0,   FIXED",
        "xsa-125, 4.4.2,   AFFECTED",
        "xsa-125, 4.4.3,   FIXED",
        "xsa-125, 4.5.0,   AFFECTED",
        "xsa-125, 4.5.1,   FIXED",
        "xsa-127, 4.2.5,   NOT_AFFECTED",
        "xsa-127, 4.3.4,   AFFECTED",
        "xsa-136, 4.5.0,   AFFECTED",
        "xsa-136, 4.6.0,   FIXED",
        "xsa-150, 4.6.0,   AFFECTED",
        "xsa-150, 4.6.1,   FIXED",
        "xsa-262, 4.10.1,  AFFECTED",
        "xsa-262, 4.10.2,  FIXED",
        "xsa-264, 4.10.2,  FIXED",
        "xsa-264, 4.11.0,  FIXED",
        "xsa-290, 4.10.3,  AFFECTED",
        "xsa-290, 4.11.1,  AFFECTED",
        "xsa-290, 4.11.2,  FIXED",
        "xsa-334, 4.11.0,  NOT_AFFECTED",
        "xsa-334, 4.13.0,  NOT_AFFECTED",
        "xsa-334, 4.14.0,  AFFECTED",
        "xsa-334, 4.14.1,  FIXED",
        "xsa-344, 4.3.4,   NOT_ESTABLISHED",
        "xsa-344, 4.4.0,   AFFECTED",
        "xsa-344, 4.13.1,  AFFECTED",
        "xsa-344, 4.13.2,  FIXED",
        "xsa-380, 4.15.0,  AFFECTED",
        "xsa-380, 4.15.1,  FIXED",
        "xsa-410, 4.12.4,  NOT_ESTABLISHED",
        "xsa-410, 4.16.2,  AFFECTED",
        "xsa-410, 4.16.3,  FIXED",
        "xsa-428, 4.13.0,  NOT_ESTABLISHED",
        "xsa-428, 4.17.0,  AFFECTED",
        "xsa-428, 4.17.1,  FIXED",
        "xsa-492, 4.17.6,  AFFECTED",
        "xsa-492, 4.17.7,  FIXED",
        "xsa-492, 4.21.1,  AFFECTED",
        "xsa-492, 4.22.0,  FIXED",
        "xsa-499, 4.16.0,  AFFECTED",
        "xsa-499, 4.23.0,  FIXED",
    })
    void aReleaseIsAffectedUpToTheFirstFixOfItsLine(String id, String release, Standing standing) {
        assertThat(standing(id, release, 64, Arch.X86)).isEqualTo(standing);
    }

    @ParameterizedTest
    @CsvSource({
        "xsa-11,  4.1.2, 32, X86, NOT_AFFECTED",
        "xsa-136, 4.1.2, 32, X86, NOT_AFFECTED",
        "xsa-89,  4.2.4, 32, X86, NOT_AFFECTED",
        "xsa-89,  4.1.6, 32, X86, AFFECTED",
        "xsa-89,  4.4.0, 64, ARM, NOT_AFFECTED",
        "xsa-158, 4.6.0, 64, X86, NOT_AFFECTED",
        "xsa-158, 4.6.0, 64, ARM, AFFECTED",
        "xsa-307, 4.12.1, 32, ARM, AFFECTED",
        "xsa-307, 4.12.1, 64, ARM, NOT_AFFECTED",
        "xsa-344, 4.14.0, 64, ARM, AFFECTED",
    })
    void widthAndArchitectureMayDecide(String id, String release, int bits, Arch arch, Standing standing) {
        assertThat(standing(id, release, bits, arch)).isEqualTo(standing);
    }

    /** The simulator has its own list of fixed releases, which decides about runs. */
    @ParameterizedTest
    @MethodSource("versions")
    void itSaysOfXsa89WhatRunsGoBy(XenVersion version) {
        assertThat(standing("xsa-89", version.release(), 64, Arch.X86) == Standing.FIXED)
                .isEqualTo(version.hasXsa89Fix());
    }

    @Test
    void everyAdvisoryThatAnOperationNamesIsThere() {
        assertThat(OperationCatalogue.shipped().all().stream().flatMap(o -> o.advisories().stream()))
                .isNotEmpty()
                .allSatisfy(id -> assertThat(SHIPPED.ids()).contains(id));
    }
}
