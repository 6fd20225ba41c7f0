package org.xenfleet.xen.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenfleet.xen.CostLevel;
import org.xenfleet.xen.Costs;
import org.xenfleet.xen.ReleaseRange;
import org.xenfleet.xen.XenVersion;
import org.xenfleet.xen.operation.Admission.DomainEntry;
import org.xenfleet.xen.operation.Operation.Cadence;
import org.xenfleet.xen.p2m.RangeWork;

class OperationCatalogueTest {
    private static final OperationCatalogue CATALOGUE = OperationCatalogue.shipped();
    private static final DomainEntry PV = new DomainEntry(1, "pv", true, false, false, -1);
    private static final DomainEntry HVM = new DomainEntry(2, "hvm", false, true, false, -1);
    private static final DomainEntry PVH = new DomainEntry(3, "pvh", false, false, false, -1);
    private static final int ENOSYS = -38;

    private static Operation named(String name) {
        return CATALOGUE.find(name).orElseThrow();
    }

    private static Cadence cadence(String name, XenVersion version) {
        return named(name).cadence(version, version.hasXsa89Fix() ? "xsa-89"::equals : fix -> false);
    }

    /** xen-semantics 2.2: "4.4.0 also tests before the first; from 4.5 not before the first". */
    @ParameterizedTest
    @CsvSource({"decrease_reservation, COMMAND", "populate_physmap, COMMAND", "mmu_update, COUNT", "multicall, LIST"})
    void callsOnTheCallerTestBeforeEveryIterationAndBeforeTheFirstOnlyUpTo44(String name, Progress progress) {
        assertThat(cadence(name, XenVersion.V4_4_0)).isEqualTo(new Cadence(1, true, progress));
        assertThat(cadence(name, XenVersion.V4_4_1)).isEqualTo(new Cadence(1, true, progress));
        assertThat(cadence(name, XenVersion.V4_17_7)).isEqualTo(new Cadence(1, false, progress));
    }

    @Test
    void setMemAccessIsThereUpTo44() {
        assertThat(named("set_mem_access").releases().contains(XenVersion.V4_4_1))
                .isTrue();
        assertThat(named("set_mem_access").releases().contains(XenVersion.V4_17_7))
                .isFalse();
        assertThat(named("set_mem_access").releases().text()).isEqualTo("up to 4.4");
    }

    private static int entry(String name, DomainEntry caller, XenVersion version) {
        return Admission.atEntry(named(name), CallRequest.onSelf(0, 1), caller, d -> null, version);
    }

    @Test
    void onlyPvGuestsHaveMmuUpdateAndHvmGuestsHaveMulticallSince416() {
        assertThat(entry("mmu_update", PV, XenVersion.V4_17_7)).isZero();
        assertThat(entry("mmu_update", HVM, XenVersion.V4_17_7)).isEqualTo(ENOSYS);
        assertThat(entry("mmu_update", PVH, XenVersion.V4_17_7)).isEqualTo(ENOSYS);
        assertThat(entry("multicall", HVM, XenVersion.V4_4_1)).isEqualTo(ENOSYS);
        assertThat(entry("multicall", HVM, XenVersion.V4_17_7)).isZero();
        assertThat(entry("populate_physmap", HVM, XenVersion.V4_4_0)).isZero();
    }

    @Test
    void aMemoryOpReturnsTheExtentsOfAllItsEntriesAndTheOthersZero() {
        Cadence cadence = cadence("populate_physmap", XenVersion.V4_17_7);
        CallRequest after300 = cadence.progress().advance(CallRequest.onSelf(6, 1000), 300);
        RangeWork work = RangeWork.even(120, 10);

        assertThat(named("populate_physmap").result(after300, work, cadence, XenVersion.V4_17_7))
                .isEqualTo(420);
        assertThat(named("mmu_update").result(after300, work, cadence, XenVersion.V4_17_7))
                .isZero();
    }

    /** 4.17 is 4 << 16 | 17. */
    @Test
    void xenVersionReturnsTheRelease() {
        Operation version = named("xen_version");

        assertThat(version.result(
                        CallRequest.onSelf(0, 1),
                        RangeWork.even(1, 10),
                        cadence("xen_version", XenVersion.V4_17_7),
                        XenVersion.V4_17_7))
                .isEqualTo(0x40011);
    }

    /** The measured counts of instructions, 2 ns each. */
    @ParameterizedTest
    @CsvSource({"decrease-reservation, 840", "populate-physmap, 1120", "mmu-update, 181"})
    void theMeasuredCostsAreTheDefaults(String key, long instructions) {
        assertThat(CATALOGUE.costs(CostLevel.DEFAULT)).containsEntry(key, 2 * instructions);
    }

    @Test
    void anEntryOfAMulticallCostsItselfAndTheCallInIt() {
        Costs costs = Costs.DEFAULT.withIterations(CATALOGUE.costs(CostLevel.DEFAULT));
        CallRequest request = CallRequest.onSelf(CATALOGUE.indexOf("xen_version"), 7);

        assertThat(CATALOGUE.unit(named("multicall"), request, costs)).isEqualTo(380 + 100);
        assertThat(CATALOGUE.unit(named("xen_version"), request, costs)).isEqualTo(100);
    }

    private static Operation read(String preemption, String more) {
        return OperationReader.read("made_up", ConfigFactory.parseString("""
                        name = made_up, hypercall = memory_op, on = self, checks = [], iterates = list, effect = none
                        cost { key = c, default = 1ns, meaning = m }, lock = none, returns = zero
                        preemption = [ %s ]
                        %s
                        """.formatted(preemption, more)));
    }

    @Test
    void anOperationIsAddedByAFileAlone() {
        Operation added = read(
                "{ until = \"4.6\", every = 64, progress = list }, { every = 256, progress = count }",
                "releases { since = \"4.5\" }, most = 9");

        assertThat(added.cadence(XenVersion.V4_17_7, fix -> false)).isEqualTo(new Cadence(256, false, Progress.COUNT));
        assertThat(added.cadence(XenVersion.V4_4_0, fix -> false)).isEqualTo(new Cadence(64, false, Progress.LIST));
        assertThat(added.releases()).isEqualTo(new ReleaseRange(4005, Integer.MAX_VALUE));
        assertThat(added.most()).isEqualTo(9);
    }

    @Test
    void aFileThatSaysWhatNobodyUnderstandsIsRefused() {
        assertThatThrownBy(() -> read("{ every = 1, progress = list }", "exhausted-by = pool"))
                .hasMessage("made_up: nothing is known of the key exhausted-by");
        assertThatThrownBy(() -> read("{ every = 1, progress = elsewhere }", ""))
                .hasMessage(
                        "made_up: progress = elsewhere; there are none, caller-struct, command, count, target, list");
        assertThatThrownBy(() -> read("{ every = 1, progress = none }", ""))
                .hasMessageContaining("has to keep its progress somewhere");
        assertThatThrownBy(() -> read("{ until = \"4.4\", every = 1, progress = list }", ""))
                .hasMessageContaining("the last line of preemption must apply everywhere");
    }
}
