package org.xenfleet.xen.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenfleet.xen.CostLevel;
import org.xenfleet.xen.XenVersion;
import org.xenfleet.xen.operation.Operation.Cadence;
import org.xenfleet.xen.operation.Operation.Effect;
import org.xenfleet.xen.operation.Operation.Lock;
import org.xenfleet.xen.operation.Stage.Kind;

/** What calls of several stages do, in order; xen-semantics sections 5 (M9 to M14, M17, M20) and 7.2. */
class StageTest {
    private static final OperationCatalogue CATALOGUE = OperationCatalogue.shipped();

    private static Operation named(String name) {
        return CATALOGUE.find(name).orElseThrow();
    }

    private static String text(Stage stage) {
        return stage.kind().label() + stage.work().map(w -> " " + w).orElse("");
    }

    /** The domctls of M10 and M11 take the lock first; what they change they change after their own work. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    pausedomain      | domctl-lock, pause-by-controller, work
                    unpausedomain    | domctl-lock, work, unpause-by-controller
                    destroydomain    | domctl-lock, kill, work paging_teardown, work relinquish_memory, work gnttab_release_mappings, work, drop
                    setvcpuaffinity  | domctl-lock, work, set-affinity
                    getdomaininfo    | domctl-lock, work
                    enable_logdirty  | domctl-lock, pause, work, unpause
                    remote_shutdown  | work, shut-down
                    sched_watchdog   | work, arm-watchdog
                    cpu_offline      | on-cpu-0, stop-machine, offline, work
                    microcode_update | on-each-cpu
                    livepatch_apply  | livepatch, work
                    """)
    void aCallOfSeveralStagesDoesThemInThisOrder(String name, String stages) {
        Operation operation = named(name);

        assertThat(operation.stages().stream().map(StageTest::text).collect(Collectors.joining(", ")))
                .isEqualTo(stages);
        assertThat(operation.isStaged()).isTrue();
    }

    /** xl list goes by getdomaininfolist, which needs neither the domctl lock nor a p2m (M11). */
    @ParameterizedTest
    @CsvSource({
        "getdomaininfolist, NONE",
        "grant_copy, P2M_READ",
        "foreign_map, P2M_READ",
        "paging_teardown, P2M_WRITE",
        "relinquish_memory, NONE",
        "set_mem_access, P2M_WRITE"
    })
    void otherCallsDoTheirOwnWorkOnly(String name, Lock lock) {
        assertThat(named(name).stages()).containsExactly(Stage.OWN_WORK);
        assertThat(named(name).isStaged()).isFalse();
        assertThat(named(name).has(Kind.DOMCTL_LOCK)).isFalse();
        assertThat(named(name).lock()).isEqualTo(lock);
    }

    /** But memory_mapping with the fix of XSA-492, see AdvisoryOperationsTest. */
    @Test
    void everyDomctlAndNoOtherCallTakesTheDomctlLock() {
        assertThat(CATALOGUE.all())
                .filteredOn(o -> !o.name().equals("memory_mapping"))
                .allSatisfy(o -> assertThat(o.has(Kind.DOMCTL_LOCK))
                        .as(o.name())
                        .isEqualTo(o.hypercall().equals("domctl")));
    }

    @Test
    void nobodyCanIssueWhatIsOnlyAStage() {
        assertThat(CATALOGUE.all().stream().filter(Operation::isInternal).map(Operation::name))
                .containsExactly(
                        "paging_teardown", "relinquish_memory", "p2m_teardown_scan", "gnttab_release_mappings");
    }

    @Test
    void theWorkOfAnotherEntryIsInTheCatalogueAndInternal() {
        List<String> works =
                CATALOGUE.all().stream().flatMap(o -> o.works().stream()).toList();

        assertThat(works)
                .containsExactly(
                        "gnttab_release_mappings", "p2m_teardown_scan", "paging_teardown", "relinquish_memory");
        assertThat(works).allSatisfy(w -> assertThat(named(w).isInternal()).isTrue());
    }

    /** 0174da5b79: tearing down paging tests for preemption from 4.6 on. */
    @Test
    void tearingDownPagingIsPreemptibleFrom46On() {
        assertThat(cadence("paging_teardown", "4.5.0")).isEqualTo(new Cadence(0, false, Progress.NONE));
        assertThat(cadence("paging_teardown", "4.6.0")).isEqualTo(new Cadence(1, false, Progress.TARGET));
        assertThat(cadence("relinquish_memory", "4.1.0")).isEqualTo(new Cadence(1, false, Progress.TARGET));
    }

    private static Cadence cadence(String name, String release) {
        return named(name).cadence(XenVersion.of(release).orElseThrow(), fix -> false);
    }

    @ParameterizedTest
    @CsvSource({
        "enable_logdirty, 4.4.4, true", "enable_logdirty, 4.5.0, false",
        "microcode_update, 4.12.0, true", "microcode_update, 4.17.7, false",
        "livepatch_apply, 4.6.0, false", "livepatch_apply, 4.7.0, true"
    })
    void someReleasesDoNotHaveThem(String name, String release, boolean there) {
        assertThat(named(name).releases().contains(XenVersion.of(release).orElseThrow()))
                .isEqualTo(there);
    }

    @Test
    void onlyRelinquishingMovesMemoryOfADyingDomain() {
        assertThat(named("relinquish_memory").effect()).isEqualTo(Effect.RELINQUISH);
        assertThat(named("relinquish_memory").movesMemory()).isTrue();
        assertThat(named("enable_logdirty").effect()).isEqualTo(Effect.WRITE_PROTECT);
        assertThat(named("enable_logdirty").movesMemory()).isFalse();
    }

    /** Their costs are estimates, and so have levels, which rise. */
    @ParameterizedTest
    @CsvSource({
        "cpu-offline, 100000, 1000000, 10000000",
        "destroydomain, 20000, 50000, 200000",
        "relinquish-page, 150, 300, 1000",
        "log-dirty-page, 30, 100, 300",
        "foreign-map, 300, 1000, 3000"
    })
    void theCostOfAnIterationHasThreeLevels(String key, long low, long standard, long high) {
        assertThat(CATALOGUE.costs(CostLevel.LOW)).containsEntry(key, low);
        assertThat(CATALOGUE.costs(CostLevel.DEFAULT)).containsEntry(key, standard);
        assertThat(CATALOGUE.costs(CostLevel.HIGH)).containsEntry(key, high);
    }

    @Test
    void aStageIsReadAsTheCatalogueWritesIt() {
        assertThat(Stage.of("work")).isEqualTo(Stage.OWN_WORK);
        assertThat(Stage.of("on-cpu-0")).isEqualTo(new Stage(Kind.ON_CPU_0, Optional.empty()));
        assertThat(Stage.of("work paging_teardown")).isEqualTo(new Stage(Kind.WORK, Optional.of("paging_teardown")));
    }

    @ParameterizedTest
    @CsvSource({"stop", "PAUSE", "pause-", "works", "pause guest", "''"})
    void aStageThatNobodyKnowsIsRefusedWithThoseThatThereAre(String text) {
        assertThatThrownBy(() -> Stage.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no stage is named " + text
                        + "; there are domctl-lock, lock, keep-locks, pause, unpause, pause-by-controller, unpause-by-controller,"
                        + " shut-down, kill, drop, set-affinity, work, on-cpu-0, on-each-cpu, stop-machine, offline,"
                        + " livepatch, arm-watchdog, leak-rcu, rcu-barrier, fail");
    }

    @Test
    void aFileWithAStageThatNobodyKnowsIsRefused() {
        assertThatThrownBy(() -> OperationReader.read("made_up", ConfigFactory.parseString("""
                        name = made_up, hypercall = domctl, on = other, checks = [], iterates = once, effect = none
                        cost { key = c, default = 1ns, meaning = m }, lock = none, returns = zero
                        preemption = [ { every = 0, progress = none } ], stages = [ domctl-lock, freeze, work ]
                        """)))
                .hasMessageStartingWith(
                        "made_up: no stage is named freeze; there are domctl-lock, lock, keep-locks, pause");
    }
}
