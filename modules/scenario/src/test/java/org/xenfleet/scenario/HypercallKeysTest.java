package org.xenfleet.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls that a guest makes on itself, and what belongs to which operation. */
class HypercallKeysTest {
    private static final String WORKLOADS = """
            workloads.b { kind = hypercalls, operation = [decrease_reservation, populate_physmap], count = 4096 }
            workloads.m { kind = hypercalls, operation = multicall, calls = xen_version, count = 7, pause = 1ms }
            workloads.a { kind = hypercalls, operation = set_mem_access, access = n }
            hosts.h.domains.g { workload = b }
            """;

    @TempDir
    Path temp;

    private Folder folder;

    @BeforeEach
    void makeFolder() {
        folder = new Folder(temp).scenario(WORKLOADS);
    }

    @Test
    void aListOfOperationsIsPerformedInTurn() throws ScenarioException {
        WorkloadSpec workload =
                Folder.host(folder.load().scenario()).domains().get(0).workload();

        assertThat(workload)
                .isEqualTo(new WorkloadSpec.Hypercalls(
                        "b",
                        List.of("decrease_reservation", "populate_physmap"),
                        Optional.empty(),
                        0,
                        OptionalLong.empty(),
                        OptionalLong.of(4096),
                        Optional.empty(),
                        0,
                        OptionalLong.empty(),
                        0,
                        WorkloadSpec.Aim.NONE,
                        0,
                        false));
    }

    @Test
    void aMulticallSaysWhichCallItsEntriesAre() throws ScenarioException {
        WorkloadSpec workload = Folder.host(
                        folder.load("hosts.h.domains.g.workload=m").scenario())
                .domains()
                .get(0)
                .workload();

        assertThat(workload).isInstanceOfSatisfying(WorkloadSpec.Hypercalls.class, m -> {
            assertThat(m.calls()).contains("xen_version");
            assertThat(m.count()).hasValue(7);
        });
    }

    @Test
    void dom0MayMakeCallsOnItself() throws ScenarioException {
        HostSpec host = Folder.host(folder.load("hosts.h.dom0.workload=b").scenario());

        assertThat(host.dom0().workloads().get(0).name()).isEqualTo("b");
    }

    /** The resolved scenario has no defaults of keys that do not belong, or it could not be loaded again. */
    @Test
    void theResolvedScenarioHasOnlyTheKeysThatBelong() throws ScenarioException {
        String resolved = folder.load().resolvedText();
        String ofB = resolved.substring(resolved.indexOf("\"b\": {"), resolved.indexOf("\"m\": {"));
        Scenario before = folder.load().scenario();
        folder.file("s.conf", resolved);

        assertThat(folder.load().scenario()).isEqualTo(before);
        assertThat(ofB)
                .contains("decrease_reservation", "populate_physmap", "4096")
                .doesNotContain("pages", "first-pfn", "access", "\"calls\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    workloads.b.access=n             | workloads.b.access means nothing to decrease_reservation, populate_physmap; it is a key of set_mem_access
                    workloads.b.pages=5              | workloads.b.pages means nothing to decrease_reservation, populate_physmap; it is a key of set_mem_access
                    workloads.b.first-pfn=5          | workloads.b.first-pfn means nothing to
                    workloads.b.calls=xen_version    | workloads.b.calls means nothing to decrease_reservation, populate_physmap; it is a key of multicall
                    workloads.a.count=5              | workloads.a.count means nothing to set_mem_access; it is a key of decrease_reservation, populate_physmap, mmu_update, multicall
                    workloads.b.operation=xen_version | workloads.b.count means nothing to xen_version
                    workloads.b.count=0              | workloads.b.count = 0 is out of range; it must be an integer from 1 to 2147483647
                    workloads.b.count=67108864       | workloads.b.count = 67108864 is more than one call of decrease_reservation can have; it must be at most 67108863
                    workloads.m.calls=mmu_update     | workloads.m.calls = mmu_update is not known; it must be one of xen_version
                    workloads.b.operation=[]         | workloads.b.operation is an empty list
                    workloads.b.operation=[mmu_updat] | workloads.b.operation names mmu_updat, which is not known; it must be one of set_mem_access, decrease_reservation, populate_physmap, mmu_update, multicall, xen_version, pausedomain, unpausedomain, destroydomain, remote_shutdown, setvcpuaffinity, getdomaininfo, getdomaininfolist, enable_logdirty, grant_copy, foreign_map, cpu_offline, microcode_update, livepatch_apply, sched_watchdog, access_op, get_mem_access, get_mem_type, maximum_gpfn, set_mem_type, track_dirty_vram, memory_mapping, pod_decrease_reservation, unpin_table, shadow_op_clean, evtchn_reset, map_grant_ref, pin_memory_cacheattr, iret_compat, resumedomain, ioreq_wait, get_page_type, acquire_resource, cr0_cd_write, or a list of them; did you mean 'mmu_update'?
                    workloads.b.operation=[{}]       | workloads.b.operation has an element that is a block
                    workloads.b.operation=5          | workloads.b.operation = 5 is not known
                    """)
    void isRefusedWithValueAndRemedy(String setting, String message) {
        assertThat(folder.problems(setting)).first().asString().contains(message);
    }

    @Test
    void aKeyThatAnOperationNeedsIsMissed() {
        folder.scenario("workloads.b { kind = hypercalls, operation = decrease_reservation }");
        assertThat(folder.problem()).contains("workloads.b.count is missing; it must be an integer from 1 to");
        folder.scenario("workloads.a { kind = hypercalls, operation = set_mem_access }");
        assertThat(folder.problem()).contains("workloads.a.access is missing; it must be one of n, r, w");
        folder.scenario("workloads.m { kind = hypercalls, operation = multicall, count = 5 }");
        assertThat(folder.problem()).contains("workloads.m.calls is missing; it must be one of xen_version");
    }

    /** HVMOP_set_mem_access is gone in 4.5; the line is the one that gives the workload to the guest. */
    @Test
    void anOperationThatTheReleaseDoesNotHaveIsRefusedWhereTheHostUsesIt() {
        folder.scenario("""
                workloads.a { kind = hypercalls, operation = set_mem_access, access = n }
                hosts.h.xen { version = "4.17.7", scheduler = credit }
                hosts.h.domains.g {
                  device-model-workload = a
                }
                """);

        assertThat(folder.problem())
                .matches("s\\.conf:\\d+:\\d+: hosts\\.h\\.domains\\.g\\.device-model-workload = a makes set_mem_access,"
                        + " which Xen 4\\.17\\.7 does not have; releases have it before 4\\.5\\.0");
    }

    private String problemOf(String version, String workload, String entry) {
        folder.scenario("""
                workloads.a { kind = hypercalls, %s }
                hosts.h.xen { version = "%s", scheduler = credit }
                hosts.h.domains.g { device-model-workload = a, %s }
                """.formatted(workload, version, entry));
        return folder.problem();
    }

    /** It begins with 4.5.0, not with the development before. */
    @Test
    void accessOpIsRefusedWhereItIsNotThereYet() {
        assertThat(problemOf("4.4.1", "operation = access_op, access = n", "order = 1"))
                .contains("= a makes access_op, which Xen 4.4.1 does not have; releases have it from 4.5.0");
        assertThat(problemOf("4.5-unstable@e8b87b57b4", "operation = access_op, access = n", "order = 1"))
                .contains("releases have it from 4.5.0");
    }

    @Test
    void anAccessThatTheReleaseHasNoCodeForIsRefused() {
        assertThat(problemOf("4.1.6.1", "operation = set_mem_access, access = n2rwx", "order = 1"))
                .contains(
                        "= a sets the access n2rwx, which Xen 4.1.6.1 does not have; it must be one of n, r, w, rw, x,"
                                + " rx, wx, rwx, rx2rw, default");
    }

    @Test
    void aMulticallCannotHaveACallOnAnotherDomain() {
        assertThat(problemOf("4.4.0", "operation = multicall, count = 2, calls = maximum_gpfn", "order = 1"))
                .contains("workloads.a.calls = maximum_gpfn is not known; it must be one of xen_version");
    }

    @Test
    void aLookUpTakesAGfnAndNoAccess() {
        assertThat(problemOf("4.4.0", "operation = get_mem_type, access = n", "order = 1"))
                .contains("workloads.a.access means nothing to get_mem_type; it is a key of set_mem_access, access_op");
    }

    @Test
    void allOnesStandForTheDefaultAndNoPageMayBeAskedFor() throws ScenarioException {
        WorkloadSpec workload = Folder.host(folder.load(
                                "hosts.h.domains.g.device-model-workload=a",
                                "workloads.a.first-pfn=all-ones",
                                "workloads.a.pages=0")
                        .scenario())
                .domains()
                .get(0)
                .deviceModelWorkload()
                .orElseThrow();

        assertThat(workload).isInstanceOfSatisfying(WorkloadSpec.Hypercalls.class, a -> {
            assertThat(a.firstPfn()).isEqualTo(WorkloadSpec.Hypercalls.ALL_ONES);
            assertThat(a.pages()).hasValue(0);
        });
    }

    /** The guest has 1 GiB, pages 0 to 262,143. */
    @Test
    void theHighestGfnMayBeAboveTheMemory() throws ScenarioException {
        DomainSpec raised = Folder.host(
                        folder.load("hosts.h.domains.g.max-gfn=68719476735").scenario())
                .domains()
                .get(0);

        assertThat(raised.maxGfn()).hasValue(68_719_476_735L);
        assertThat(Folder.host(folder.load().scenario()).domains().get(0).maxGfn())
                .isEmpty();
        assertThat(folder.problems("hosts.h.domains.g.max-gfn=262143"))
                .first()
                .asString()
                .contains(
                        "max-gfn = 262143 is not above the memory of the guest, whose last page is 262143; it must be an"
                                + " integer from 262144 to 68719476735");
        assertThat(folder.problems("hosts.h.domains.g.max-gfn=68719476736"))
                .first()
                .asString()
                .contains("max-gfn = 68719476736 is out of range");
        folder.file("xl/g.cfg", "name = \"g\"\nkernel = \"/k\"\nmemory = 64\n");
        assertThat(folder.problems("hosts.h.domains.g.max-gfn=300000"))
                .first()
                .asString()
                .contains("max-gfn = 300000 needs an HVM guest, but ", "g.cfg describes a guest of type pv");
    }

    @Test
    void aListenerNobodyAsksForIsSaidToChangeNothing() throws ScenarioException {
        assertThat(folder.notices("hosts.h.domains.g.mem-access-listener=true"))
                .anySatisfy(
                        n -> assertThat(n)
                                .contains(
                                        "mem-access-listener = true changes nothing: no call of Xen 4.4.0 asks for a listener"));
        assertThat(folder.notices("hosts.h.domains.g.mem-access-listener=true", "hosts.h.xen.version=4.5.0"))
                .noneSatisfy(n -> assertThat(n).contains("mem-access-listener"));
        assertThat(Folder.host(folder.load("hosts.h.domains.g.mem-access-listener=true")
                                .scenario())
                        .domains()
                        .get(0)
                        .memAccessListener())
                .isTrue();
    }
}
