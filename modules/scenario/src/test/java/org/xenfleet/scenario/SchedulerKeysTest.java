package org.xenfleet.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenfleet.xen.sched.SchedulerKind;

/** Which scheduler a pool has: its key, the command line, the release. */
class SchedulerKeysTest {
    @TempDir
    Path temp;

    private Folder folder;

    @BeforeEach
    void makeFolder() {
        folder = new Folder(temp)
                .scenario("hosts.h { xen.version = \"4.17.7\", cpu-pools { b { cpus = \"6-7\" } } }\n")
                .file("xl/g.cfg", xl(""));
    }

    private static String xl(String more) {
        return "name = \"g\"\nkernel = \"/k\"\nmemory = 64\n" + more;
    }

    private SchedulerKind pool0(String... settings) throws ScenarioException {
        return Folder.host(folder.load(settings).scenario()).xen().scheduler();
    }

    private SchedulerKind poolB(String... settings) throws ScenarioException {
        return Folder.host(folder.load(settings).scenario()).cpuPools().values().stream()
                .map(CpuPoolSpec::scheduler)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theReleaseRunsItsDefault() throws ScenarioException {
        assertThat(pool0()).isEqualTo(SchedulerKind.CREDIT2);
        assertThat(pool0("hosts.h.xen.version=4.4.1")).isEqualTo(SchedulerKind.CREDIT);
    }

    @Test
    void theKeyOrTheCommandLineChooses() throws ScenarioException {
        assertThat(pool0("hosts.h.xen.scheduler=credit")).isEqualTo(SchedulerKind.CREDIT);
        assertThat(pool0("hosts.h.xen.command-line=\"sched=credit\"")).isEqualTo(SchedulerKind.CREDIT);
        assertThat(pool0("hosts.h.xen.scheduler=\"null\"")).isEqualTo(SchedulerKind.NULL);
    }

    @Test
    void theKeyMustNotContradictTheCommandLine() {
        assertThatThrownBy(() -> pool0("hosts.h.xen.command-line=\"sched=credit\"", "hosts.h.xen.scheduler=credit2"))
                .hasMessageContaining(
                        "scheduler = credit2, but the command-line says sched=credit; leave one of them out");
    }

    @Test
    void anotherPoolHasThatOfPool0UnlessItSaysOtherwise() throws ScenarioException {
        assertThat(poolB()).isEqualTo(SchedulerKind.CREDIT2);
        assertThat(poolB("hosts.h.xen.scheduler=credit")).isEqualTo(SchedulerKind.CREDIT);
        assertThat(poolB("hosts.h.cpu-pools.b.scheduler=\"null\"")).isEqualTo(SchedulerKind.NULL);
    }

    @Test
    void credit2HasNoCapsAndNoSoftAffinityBefore4_10() throws ScenarioException {
        folder.file("xl/g.cfg", xl("cap = 50\ncpus_soft = \"1\"\n"));
        assertThat(pool0()).isEqualTo(SchedulerKind.CREDIT2);

        assertThat(folder.problem("hosts.h.xen.version=4.8.0", "hosts.h.xen.scheduler=credit2"))
                .contains("cap = 50 is not possible under credit2 before 4.10");
        folder.file("xl/g.cfg", xl("cpus_soft = \"1\"\n"));
        assertThat(folder.notices("hosts.h.xen.version=4.8.0", "hosts.h.xen.scheduler=credit2"))
                .anyMatch(n -> n.contains("cpus_soft has no effect"))
                .anyMatch(n -> n.contains("4.8.0 runs credit2 by the rules of 4.17"));
    }

    @Test
    void whatASchedulerDoesNotHaveIsTold() throws ScenarioException {
        folder.file("xl/g.cfg", xl("cpu_weight = 512\npool = \"b\"\n"));

        assertThat(folder.notices(
                        "hosts.h.xen.tslice=10ms",
                        "hosts.h.xen.ratelimit=50ms",
                        "hosts.h.cpu-pools.b.scheduler=\"null\"",
                        "hosts.h.cpu-pools.b.ratelimit=1ms"))
                .anyMatch(n -> n.contains("tslice changes nothing: the scheduler credit2 has none"))
                .anyMatch(n -> n.contains("ratelimit changes nothing: the scheduler null has none"))
                .anyMatch(n -> n.contains("cpu_weight has no effect: the null scheduler of its pool b has none"));
    }

    @Test
    void credit2TakesARateLimitLongerThanCreditsSlice() throws ScenarioException {
        assertThat(Folder.host(folder.load("hosts.h.xen.ratelimit=50ms").scenario())
                        .xen()
                        .credit()
                        .ratelimitUs())
                .isEqualTo(50_000);
    }
}
