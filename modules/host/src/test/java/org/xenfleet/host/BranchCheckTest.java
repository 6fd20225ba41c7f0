package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenfleet.host.plan.BranchCheck;

/** What a branch may change: of xsa-89.conf, and of a host with all that such a one has not. */
class BranchCheckTest {
    @TempDir
    Path folder;

    private TestHost other;

    @BeforeEach
    void describe() {
        other = TestHost.in(folder, "10s", """
                        cpus = 8, xen { version = "4.4.0", fixes = [xsa-89] }
                        dom0 { vcpus = 2, workload = [ disks, pins ] }
                        cpu-pools { apart { cpus = "6-7" } }
                        domains { web { xl = web.cfg, count = 2, workload = busy, tolerance = 500ms } }
                        """, """
                        workloads {
                          busy { kind = cpu }
                          disks { kind = backend, guests = [ web-0 ] }
                          pins { kind = hypercalls, operation = setvcpuaffinity, target = web-1, cpus = "1-2" }
                          pins-first { kind = hypercalls, operation = setvcpuaffinity, target = web-1, cpus = "3", vcpu = 0 }
                          pins-too { kind = hypercalls, operation = setvcpuaffinity, target = web-1, cpus = "3", vcpu = 1 }
                        }
                        """)
                .xl("web.cfg", "name = \"web\"\nkernel = \"/k\"\nmemory = 64\n")
                .xl("heavy.cfg", "name = \"web\"\nkernel = \"/k\"\nmemory = 64\ncpu_weight = 512\ncpus = \"1\"\n");
    }

    private static List<String> shipped(String... settings) {
        TestHost changed = TestHost.shipped("xsa-89.conf");
        Stream.of(settings).forEach(changed::set);
        return BranchCheck.refusals(TestHost.shipped("xsa-89.conf").scenario(), changed.scenario());
    }

    private List<String> others(String setting) {
        return BranchCheck.refusals(other.scenario(), other.set(setting).scenario());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name=another",
                "duration=90s",
                "expect=[]",
                "hosts.server.xen.fixes=[xsa-89]",
                "hosts.server.xen.command-line=\"watchdog watchdog_timeout=30 noreboot\"",
                "hosts.server.xen.command-line=\"watchdog sched_ratelimit_us=500\"",
                "hosts.server.xen.tslice=5ms",
                "hosts.server.unresponsive-after=20s",
                "hosts.server.domains.web.tolerance=2s",
                "hosts.server.dom0.detectors.soft-lockup=5s",
                "hosts.server.dom0.workload=web",
                "hosts.server.domains.web.workload=batch",
                "hosts.server.domains.victim.device-model-workload=web",
                "workloads.web.period=20ms",
                "workloads.attack.start=20s",
                "workloads.batch.working-set=1MiB",
                "costs.level=high",
                "hosts.spare=${hosts.server}"
            })
    void shouldAllowWhatCanChangeWhileAHostRuns(String setting) {
        assertThat(shipped(setting)).isEmpty();
    }

    /** A fix that makes a call another cannot be added while one may be under way; one that makes it give way can. */
    @Test
    void shouldRefuseAFixThatChangesMoreThanWhenACallGivesWay() {
        TestHost before = TestHost.shipped("advisories/xsa-125.conf");
        TestHost after = TestHost.shipped("advisories/xsa-125.conf").set("hosts.vulnerable.xen.fixes=[xsa-125]");
        assertThat(BranchCheck.refusals(before.scenario(), after.scenario()))
                .containsExactly(
                        "hosts.vulnerable.xen.fixes: with [xsa-125] memory_mapping is another call, not only one"
                                + " that gives way; such calls may be under way, so that a branch cannot add the fix");

        TestHost table = TestHost.shipped("advisories/xsa-45.conf");
        TestHost fixed = TestHost.shipped("advisories/xsa-45.conf").set("hosts.vulnerable.xen.fixes=[xsa-45]");
        assertThat(BranchCheck.refusals(table.scenario(), fixed.scenario())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "seed=1 | seed: 89 in the run, 1 here; what is drawn from it has been drawn",
                "hosts.server.cpus=32 | hosts.server.cpus: 16 in the run, 32 here; the size of a host cannot change while it runs",
                "hosts.server.memory=64GiB | hosts.server.memory: 131072MiB in the run, 65536MiB here; the size of a host cannot change while it runs",
                "hosts.server.frequency=2GHz | hosts.server.frequency: 2400000000Hz in the run, 2000000000Hz here; the size of a host cannot change while it runs",
                "hosts.server.xen.version=\"4.4.1\" | hosts.server.xen.version: 4.4.0 in the run, 4.4.1 here; a host keeps the Xen that it has booted",
                "hosts.server.xen.mechanisms.m4=off | hosts.server.xen.mechanisms: without [] in the run, without [M4] here; what makes an outage is there from the beginning of a run or is not",
                "hosts.server.xen.command-line=\"\" | hosts.server.xen.command-line: watchdog in the run, no watchdog here; Xen looks for it when it boots, though watchdog_timeout can change",
                "hosts.server.xen.watchdog-phase=1ms | hosts.server.xen.watchdog-phase: random in the run, 1000000ns here; it has had its effect when the run started",
                "hosts.server.xen.time-at-start=1s | hosts.server.xen.time-at-start: random in the run, 1000000000ns here; it has had its effect when the run started",
                "hosts.server.xen.invariant-tsc=false | hosts.server.xen: another clock source, or another TSC, here than in the run; a host keeps the Xen that it has booted",
                "hosts.server.dom0.vcpus=2 | hosts.server.dom0.vcpus: 4 in the run, 2 here; the size of dom0 cannot change while it runs",
                "hosts.server.domains.web.count=2 | hosts.server.domains: [batch-0, batch-1, victim, web-0, web-1, web-2, web-3, web-4, web-5, web-6, web-7] in the run, [batch-0, batch-1, victim, web-0, web-1] here; a branch cannot create domains, take them away, or change their order",
                "hosts.server.domains.victim.device-model-cpus=\"3\" | hosts.server.domains.victim.device-model-cpus: any in the run, {3} here; a domain stays as it was built",
                "hosts.server.domains.web.paused=true | hosts.server.domains.web.paused: false in the run, true here; a domain stays as it was built",
                "hosts.server.unresponsive-after=5s | hosts.server.unresponsive-after: 5000ms here; of its past the run has kept only domctls of 10000ms and longer",
                "hosts.server.domains.web.tolerance=10ms | hosts.server.domains.web.tolerance: 10ms here; of its past the run has kept only standstills of 1000ms and longer",
                "pools.pool-a.count=2 | pools.pool-a: other hosts, or another channel, here than in the run; who is in a pool, and how they meet, cannot change while it runs",
                "pools.pool-b.host=server | pools: [pool-a] in the run, [pool-a, pool-b] here; pools cannot come or go while others run",
            })
    void shouldRefuseWhatCannotAndSayWhy(String setting, String refusal) {
        assertThat(shipped(setting)).containsExactly(refusal);
    }

    @Test
    void shouldNameAllThatIsRefused() {
        assertThat(shipped("hosts.server.cpus=32", "hosts.server.dom0.memory=2GiB", "seed=7"))
                .hasSize(3)
                .anyMatch(s -> s.startsWith("hosts.server.dom0.memory: 4096MiB in the run, 2048MiB here"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hosts.h.xen.fixes=[] | hosts.h.xen.fixes: [xsa-89] in the run, [] here; a fix can be added while a host runs, not taken away",
                "hosts.h.cpu-pools.apart.cpus=\"7\" | hosts.h.cpu-pools.apart.cpus: {6, 7} in the run, {7} here; pCPUs cannot change their pool while a host runs",
                "hosts.h.dom0.workload=pins | hosts.h.dom0.workload: its back-end serves [web-0] in the run, nobody here; devices are not moved while a host runs",
                "workloads.disks.guests=all | hosts.h.dom0.workload: its back-end serves [web-0] in the run, [web-0, web-1] here; devices are not moved while a host runs",
                "hosts.h.dom0.workload=[disks, pins-first] | hosts.h: setvcpuaffinity pins to [{1, 2}] in the run, to [{3}] here; such calls may be under way, so that others can only be added behind them",
                "hosts.h.domains.web.tolerance=100ms | hosts.h.domains.web.tolerance: 100ms here; of its past the run has kept only standstills of 500ms and longer",
            })
    void shouldRefuseWhatStateUnderWayRefersTo(String setting, String refusal) {
        assertThat(others(setting)).containsExactly(refusal);
    }

    @Test
    void shouldAllowCallsThatPinElsewhereBehindThoseThatWere() {
        assertThat(others("hosts.h.dom0.workload=[disks, pins, pins-too]")).isEmpty();
    }

    @Test
    void shouldKeepDomainsAsTheirXlFilesBuiltThem() {
        assertThat(others("hosts.h.domains.web.xl=heavy.cfg"))
                .containsExactly(
                        "hosts.h.domains.web cpus: [any] in the run, [{1}] here; a domain stays as it was built",
                        "hosts.h.domains.web cpu_weight: 256 in the run, 512 here; a domain stays as it was built");
    }
}
