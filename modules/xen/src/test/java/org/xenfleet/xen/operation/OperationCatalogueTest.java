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
import org.xenfleet.xen.operation.Operation.Exhausted;
import org.xenfleet.xen.operation.Operation.Lock;
import org.xenfleet.xen.p2m.P2m;
import org.xenfleet.xen.p2m.RangeWork;

class OperationCatalogueTest {
    private static final OperationCatalogue CATALOGUE = OperationCatalogue.shipped();
    private static final DomainEntry PV = new DomainEntry(1, "pv", true, false, false, -1);
    private static final DomainEntry HVM = new DomainEntry(2, "hvm", false, true, false, -1);
    private static final DomainEntry PVH = new DomainEntry(3, "pvh", false, false, false, -1);
    private static final P2m P2M = new P2m(512, 100);
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
        assertThat(named("set_mem_access").releases().text()).isEqualTo("before 4.5.0");
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

        assertThat(named("populate_physmap").result(after300, work, cadence, XenVersion.V4_17_7, P2M))
                .isEqualTo(420);
        assertThat(named("mmu_update").result(after300, work, cadence, XenVersion.V4_17_7, P2M))
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
                        XenVersion.V4_17_7,
                        P2M))
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
        assertThat(added.releases()).isEqualTo(new ReleaseRange(ReleaseRange.first("4.5"), Integer.MAX_VALUE));
        assertThat(added.most()).isEqualTo(9);
    }

    private static Operation onRelease(String release, int bits, String inReleases) {
        Operation operation = OperationReader.read("made_up", ConfigFactory.parseString("""
                        name = made_up, hypercall = hvm_op, on = other, checks = [domain], iterates = once, effect = none
                        cost { key = c, default = 1ns, meaning = m }, lock = none, returns = zero, exhausted = ENOMEM
                        preemption = [ { every = 0, progress = none } ]
                        in-releases = [ %s ]
                        """.formatted(inReleases)));
        return operation.in(XenVersion.of(release).orElseThrow(), bits, fix -> false);
    }

    /** Of two that apply the first counts, and what it does not give is as the file says. */
    @Test
    void theFirstDifferenceThatAppliesReplacesWhatItGives() {
        String differences = """
                { until = "4.1.3", checks = [copy-in, domain] }
                { until = "4.1", lock = p2m-write, exhausted { hole = ENOENT, split = EINVAL } }
                { since = "4.2", until = "4.2", bits = 32, checks = [] }
                """;

        assertThat(onRelease("4.1.3", 64, differences).checks()).containsExactly(Check.COPY_IN, Check.DOMAIN);
        assertThat(onRelease("4.1.3", 64, differences).lock()).isEqualTo(Lock.NONE);
        assertThat(onRelease("4.1.4", 64, differences).checks()).containsExactly(Check.DOMAIN);
        assertThat(onRelease("4.1.4", 64, differences).lock()).isEqualTo(Lock.P2M_WRITE);
        assertThat(onRelease("4.1.4", 64, differences).exhausted()).isEqualTo(new Exhausted(-2, -22));
        assertThat(onRelease("4.2.0", 64, differences).exhausted()).isEqualTo(new Exhausted(-12, -12));
        assertThat(onRelease("4.2.0", 32, differences).checks()).isEmpty();
        assertThat(onRelease("4.2.0", 64, differences).checks()).containsExactly(Check.DOMAIN);
    }

    @Test
    void aDifferenceThatNobodyUnderstandsIsRefusedOnEveryRelease() {
        assertThatThrownBy(() -> onRelease("4.17.7", 64, "{ until = \"4.1\", effect = take }"))
                .hasMessage("made_up: nothing is known of the key effect");
        assertThatThrownBy(() -> onRelease("4.17.7", 64, "{ until = \"4.1\", checks = [colour] }"))
                .hasMessageStartingWith("made_up: no check is named colour; there are");
        assertThatThrownBy(() -> onRelease("4.17.7", 64, "{ until = \"4\", lock = none }"))
                .hasMessage("made_up: until = 4: neither a line nor a release of Xen: 4");
    }

    /** Numbers go into digests: an operation keeps its own, whatever the release. */
    @Test
    void theOperationsHaveTheSameNumbersOnAllReleases() {
        assertThat(CATALOGUE.names())
                .startsWith(
                        "set_mem_access",
                        "decrease_reservation",
                        "populate_physmap",
                        "mmu_update",
                        "multicall",
                        "xen_version");
        for (XenVersion version : XenVersion.all()) {
            assertThat(OperationCatalogue.of(version, 64).names()).isEqualTo(CATALOGUE.names());
        }
    }

    @Test
    void aStrideThatTheProgressCannotKeepIsRefused() {
        assertThatThrownBy(() -> read("{ every = 32, progress = command-from-bit-6 }", ""))
                .hasMessage("made_up: tests every 32 iterations, but its progress keeps multiples of 64 only");
    }

    /** What works on a list drops the lock after each entry, and so flushes each. */
    @Test
    void onlyAWalkUnderOneLockDefersItsFlushes() {
        XenVersion v46 = XenVersion.of("4.6.0").orElseThrow();
        XenVersion v47 = XenVersion.of("4.7.0").orElseThrow();

        assertThat(named("access_op").flushesAtEnd(v46)).isFalse();
        assertThat(named("access_op").flushesAtEnd(v47)).isTrue();
        assertThat(named("decrease_reservation").flushesAtEnd(v47)).isFalse();
        assertThat(named("xen_version").flushesAtEnd(v47)).isFalse();
    }

    @Test
    void aFileThatSaysWhatNobodyUnderstandsIsRefused() {
        assertThatThrownBy(() -> read("{ every = 1, progress = list }", "exhausted-by = pool"))
                .hasMessage("made_up: nothing is known of the key exhausted-by");
        assertThatThrownBy(() -> read("{ every = 1, progress = elsewhere }", ""))
                .hasMessage(
                        "made_up: progress = elsewhere; there are none, caller-struct, op-from-bit-32, op-from-bit-8,"
                                + " command-from-bit-6, command, count, target, object, list");
        assertThatThrownBy(() -> read("{ every = 1, progress = none }", ""))
                .hasMessageContaining("has to keep its progress somewhere");
        assertThatThrownBy(() -> read("{ until = \"4.4\", every = 1, progress = list }", ""))
                .hasMessageContaining("the last line of preemption must apply everywhere");
    }
}
