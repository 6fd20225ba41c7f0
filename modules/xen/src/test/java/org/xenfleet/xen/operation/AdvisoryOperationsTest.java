package org.xenfleet.xen.operation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenfleet.xen.XenVersion;
import org.xenfleet.xen.operation.Operation.Cadence;

/** What the calls of the advisories are before and after: bounds, limits, tests and encodings of advisories.yaml. */
class AdvisoryOperationsTest {
    private static final OperationCatalogue CATALOGUE = OperationCatalogue.shipped();

    private static Operation on(String name, String release, String fixed) {
        return CATALOGUE
                .in(XenVersion.of(release).orElseThrow(), 64, fixed::equals)
                .find(name)
                .orElseThrow();
    }

    private static Cadence cadence(String name, String release, String fixed) {
        return on(name, release, fixed).cadence(XenVersion.of(release).orElseThrow(), fixed::equals);
    }

    /** Never before the fix; then after so many, with the position where the advisory's fix has it. */
    @ParameterizedTest
    @CsvSource({
        "set_mem_type, 4.2.0, xsa-27, 1, CALLER_STRUCT",
        "set_mem_type, 4.5.0, xsa-27, 256, OP_FROM_BIT_8",
        "unpin_table, 4.2.2, xsa-45, 1, OBJECT",
        "shadow_op_clean, 4.4.1, xsa-97, 1, OBJECT",
        "evtchn_reset, 4.12.0, xsa-344, 64, TARGET",
        "gnttab_release_mappings, 4.12.0, xsa-380, 256, TARGET",
        "get_page_type, 4.8.0, xsa-264, 1, OBJECT"
    })
    void testsForPreemptionWithTheFixOnly(String name, String release, String fix, long every, Progress progress) {
        assertThat(cadence(name, release, "")).isEqualTo(new Cadence(0, false, Progress.NONE));
        assertThat(cadence(name, release, fix)).isEqualTo(new Cadence(every, false, progress));
    }

    /** No limit before the fix; then what is beyond it, and what it is answered with. */
    @ParameterizedTest
    @CsvSource({
        "track_dirty_vram, 4.2.0, xsa-27, arg.count, 262144, -22",
        "memory_mapping, 4.4.0, xsa-125, arg.count, 64, -7",
        "pod_decrease_reservation, 4.2.0, xsa-31, arg.order, 20, 0",
        "pin_memory_cacheattr, 4.14.0, xsa-428, state.cacheattr-regions + 1, 64, -28"
    })
    void hasALimitWithTheFixOnly(String name, String release, String fix, String of, long most, int result) {
        assertThat(on(name, release, "").extent().limits()).isEmpty();
        assertThat(on(name, release, fix).extent().limits())
                .containsExactly(new Extent.Limit(Amount.of(of), most, result));
    }

    /** The bound, before and after. */
    @ParameterizedTest
    @CsvSource({
        "iret_compat, 4.4.0, xsa-136, 2^33, 9",
        "cr0_cd_write, 4.3.0, xsa-60, guest.max-gfn, 1",
        "ioreq_wait, 4.8.0, xsa-262, infinite, 4"
    })
    void iteratesLessOftenWithTheFix(String name, String release, String fix, String before, String after) {
        assertThat(on(name, release, "").extent().iterations()).isEqualTo(Amount.of(before));
        assertThat(on(name, release, fix).extent().iterations()).isEqualTo(Amount.of(after));
    }

    @Test
    void aMappedGrantIsLookedUpInTheWholeTableWithoutTheFix() {
        assertThat(on("map_grant_ref", "4.12.0", "").extent().within()).isEqualTo(Amount.of("state.maptrack-entries"));
        assertThat(on("map_grant_ref", "4.12.0", "xsa-380").extent().isSingle()).isTrue();
    }

    /** XSA-127 by a check, XSA-492 by a lock that is not taken, XSA-334 by a lock that is dropped, XSA-11 by a scan that is gone. */
    @Test
    void otherFixesChangeAStageOrACheck() {
        assertThat(on("resumedomain", "4.4.0", "").checks()).doesNotContain(Check.NOT_OWN);
        assertThat(on("resumedomain", "4.4.0", "xsa-127").checks()).contains(Check.NOT_OWN);
        assertThat(on("memory_mapping", "4.14.0", "xsa-125").has(Stage.Kind.DOMCTL_LOCK))
                .isTrue();
        assertThat(on("memory_mapping", "4.17.7", "none").isStaged()).isTrue();
        assertThat(CATALOGUE
                        .in(XenVersion.V4_17_7, 64, fix -> true)
                        .find("memory_mapping")
                        .orElseThrow()
                        .isStaged())
                .isFalse();
        assertThat(on("acquire_resource", "4.14.0", "").has(Stage.Kind.LEAK_RCU))
                .isTrue();
        assertThat(on("acquire_resource", "4.14.0", "xsa-334").has(Stage.Kind.LEAK_RCU))
                .isFalse();
        assertThat(on("destroydomain", "4.1.2", "").works()).contains("p2m_teardown_scan");
        assertThat(on("destroydomain", "4.1.2", "xsa-11").works()).doesNotContain("p2m_teardown_scan");
        assertThat(on("destroydomain", "4.2.0", "").works()).doesNotContain("p2m_teardown_scan");
    }

    /** A 32-bit Xen has neither the loop of XSA-136 nor the scan of XSA-11. */
    @Test
    void aHypervisorOf32BitsIsAsWithTheFix() {
        OperationCatalogue small = CATALOGUE.in(XenVersion.of("4.1.2").orElseThrow(), 32, fix -> false);

        assertThat(small.find("iret_compat").orElseThrow().extent().iterations())
                .isEqualTo(Amount.of("9"));
        assertThat(small.find("destroydomain").orElseThrow().works()).doesNotContain("p2m_teardown_scan");
    }
}
