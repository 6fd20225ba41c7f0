package org.xenfleet.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenfleet.xen.Access;
import org.xenfleet.xen.CostLevel;
import org.xenfleet.xen.Costs;
import org.xenfleet.xen.operation.OperationCatalogue;
import org.xenfleet.xen.sched.CreditParameters;

class ScenarioLoaderTest {
    @TempDir
    Path temp;

    private Folder folder;

    @BeforeEach
    void makeFolder() {
        folder = new Folder(temp);
    }

    @Test
    void theSmallestScenarioHasTheDocumentedDefaults() throws ScenarioException {
        Scenario scenario = folder.scenario("").load().scenario();
        HostSpec host = Folder.host(scenario);
        DomainSpec guest = host.domains().get(0);
        assertThat(scenario.seed()).isZero();
        assertThat(scenario.costs())
                .isEqualTo(Costs.DEFAULT.withIterations(
                        OperationCatalogue.shipped().costs(CostLevel.DEFAULT)));
        assertThat(scenario.costs().iteration("p2m-entry")).isEqualTo(250);
        assertThat(scenario.expectations()).isEmpty();
        assertThat(host.sockets()).isEqualTo(1);
        assertThat(host.frequencyHz()).isEqualTo(2_400_000_000L);
        assertThat(host.memoryBytes()).isEqualTo(16L << 30);
        assertThat(host.unresponsiveAfterNs()).isEqualTo(10_000_000_000L);
        assertThat(host.xen().credit()).isEqualTo(new CreditParameters(30, 1000));
        assertThat(host.xen().timeAtStartNs()).isEmpty();
        assertThat(host.dom0())
                .isEqualTo(new Dom0Spec(
                        4,
                        1L << 30,
                        false,
                        List.of(new WorkloadSpec.Idle("idle")),
                        new KernelSpec(20_000_000_000L, 21_000_000_000L, 120_000_000_000L, 30_000_000_000L)));
        assertThat(guest.workload()).isEqualTo(new WorkloadSpec.Idle("idle"));
        assertThat(guest.toleranceNs()).isEqualTo(1_000_000_000L);
        assertThat(guest.paused()).isFalse();
        assertThat(scenario.pools().values()).containsExactly(new PoolSpec("p", "h", 1, 1));
    }

    @Test
    void everyKindOfWorkloadIsRead() throws ScenarioException {
        folder.scenario("""
                workloads {
                  i { kind = idle }
                  c { kind = cpu, working-set = 64MiB }
                  p { kind = periodic, burst = 1.5ms, period = 10ms, phase = 0ms }
                  q { kind = poisson, burst = 1us, period = 2us, working-set = 4KiB, touch-interval = 3ns }
                  h { kind = hypercalls, operation = set_mem_access, access = rx2rw, first-pfn = 0x10, pages = 7,
                      start = 1s, repeat = 3, pause = 4ms }
                }
                """);
        assertThat(workload("i")).isEqualTo(new WorkloadSpec.Idle("i"));
        assertThat(workload("c")).isEqualTo(new WorkloadSpec.Cpu("c", Optional.of(new WorkingSet(64 << 20, 10_000))));
        assertThat(workload("p"))
                .isEqualTo(new WorkloadSpec.Periodic(
                        "p",
                        1_500_000,
                        10_000_000,
                        OptionalLong.of(0),
                        WorkloadSpec.VcpuTimer.ONE_SHOT,
                        Optional.empty()));
        assertThat(workload("q"))
                .isEqualTo(new WorkloadSpec.Poisson("q", 1_000, 2_000, Optional.of(new WorkingSet(4096, 3))));
        assertThat(workload("h"))
                .isEqualTo(new WorkloadSpec.Hypercalls(
                        "h",
                        List.of("set_mem_access"),
                        Optional.of(Access.RX2RW),
                        16,
                        OptionalLong.of(7),
                        OptionalLong.empty(),
                        Optional.empty(),
                        1_000_000_000,
                        OptionalLong.of(3),
                        4_000_000,
                        WorkloadSpec.Aim.NONE,
                        0,
                        false));
    }

    private WorkloadSpec workload(String name) throws ScenarioException {
        return Folder.host(folder.load("hosts.h.domains.g.workload=" + name).scenario())
                .domains()
                .get(0)
                .workload();
    }

    @Test
    void guestsAreCreatedByOrderThenByNameAndNumberedWhenThereAreSeveral() throws ScenarioException {
        for (String name : List.of("a", "b", "c", "d")) {
            folder.file("xl/" + name + ".cfg", Folder.XL.replace("\"g\"", "\"" + name + "\""));
        }
        folder.scenario("""
                hosts.h.domains {
                  a { xl = "xl/a.cfg" }
                  b { xl = "xl/b.cfg", count = 2 }
                  c { xl = "xl/c.cfg", order = 7 }
                  d { xl = "xl/d.cfg", order = -1, count = 2 }
                }
                """);
        assertThat(Folder.host(folder.load().scenario()).domains())
                .extracting(DomainSpec::name)
                .containsExactly("d-0", "d-1", "c", "a", "b-0", "b-1", "g");
    }

    @Test
    void hostsAreNamedByPoolAndIndexAndByCopyWhenThereAreSeveral() {
        assertThat(new PoolSpec("p", "h", 2, 1).hostNames()).containsExactly("p/0", "p/1");
        assertThat(new PoolSpec("p", "h", 2, 2).hostNames()).containsExactly("p-0/0", "p-0/1", "p-1/0", "p-1/1");
    }

    @Test
    void theCommandLineSetsTheSchedulerAndTellsWhatItIgnores() throws ScenarioException {
        folder.scenario("hosts.h.xen.command-line = \"console=com1 sched_credit_tslice_ms=10 vga=keep"
                + " sched_ratelimit_us=0\"\n");
        assertThat(Folder.host(folder.load().scenario()).xen().credit()).isEqualTo(new CreditParameters(10, 0));
        assertThat(folder.notices())
                .contains(
                        "s.conf:6: hosts.h.xen.command-line has options that are not modelled: console=com1, vga=keep");
    }

    @Test
    void theFixIsThereWhenTheReleaseHasItOrTheScenarioAddsIt() throws ScenarioException {
        folder.scenario("");
        assertThat(Folder.host(folder.load().scenario()).xen().hasFix("xsa-89")).isFalse();
        assertThat(Folder.host(folder.load("hosts.h.xen.fixes=[xsa-89]").scenario())
                        .xen()
                        .hasFix("xsa-89"))
                .isTrue();
        assertThat(Folder.host(folder.load("hosts.h.xen.version=4.4.1").scenario())
                        .xen()
                        .hasFix("xsa-89"))
                .isTrue();
    }

    @Test
    void settingsWinOverTheFileAndLaterOnesOverEarlier() throws ScenarioException {
        Scenario scenario = folder.scenario("seed = 1\n")
                .load("seed=2", "seed = 3", "hosts.h.dom0={ vcpus = 2 }", "hosts.h.cpus=4")
                .scenario();
        assertThat(scenario.seed()).isEqualTo(3);
        assertThat(Folder.host(scenario).cpus()).isEqualTo(4);
    }

    @Test
    void includedFilesAreRelativeToTheFileThatIncludesThemAndSoAreTheirXlFiles() throws ScenarioException {
        folder.file("s.conf", "include \"sub/base.conf\"\nname = top\npools.p.host = h\n")
                .file("sub/base.conf", "include required(file(\"more.conf\"))\nname = base, duration = ${time}\n")
                .file(
                        "sub/more.conf",
                        "time = 3s\nhosts.h { cpus = 1, memory = 4GiB, xen.version = 4.4.0, domains.g.xl = g.cfg }\n")
                .file("sub/g.cfg", Folder.XL);
        assertThat(folder.problem()).startsWith("sub/more.conf:1:1: unknown key 'time'");
        folder.file("sub/base.conf", "include required(file(\"more.conf\"))\nname = base, duration = 3s\n")
                .file(
                        "sub/more.conf",
                        "hosts.h { cpus = 1, memory = 4GiB, xen.version = 4.4.0, domains.g.xl = g.cfg }\n");
        LoadedScenario loaded = folder.load();
        assertThat(loaded.scenario().name()).isEqualTo("top");
        assertThat(loaded.scenario().durationNs()).isEqualTo(3_000_000_000L);
        assertThat(loaded.inputs())
                .extracting(i -> i.path().replace(temp + "/", ""))
                .containsExactly("s.conf", "sub/base.conf", "sub/g.cfg", "sub/more.conf");
        assertThat(loaded.resolvedText()).contains("\"xl\": \"sub/g.cfg\"");
    }

    @Test
    void includesThatAreNotFilesBelowTheFolderAreRefused() {
        folder.file("s.conf", "\ninclude \"no.conf\"\n");
        assertThat(folder.problem()).startsWith("s.conf:2:1: there is no included file 'no.conf' (looked for no.conf)");
        folder.file("s.conf", "name = a\n  include file(\"../x.conf\")\n");
        assertThat(folder.problem()).startsWith("s.conf:2:3: the included file '../x.conf' is not below");
        folder.file("s.conf", "include url(\"http://localhost/x.conf\")\n");
        assertThat(folder.problem()).startsWith("s.conf:1:1: include url(\"http://localhost/x.conf\") is refused");
        folder.file("s.conf", "include classpath(\"reference.conf\")\n");
        assertThat(folder.problem()).startsWith("s.conf:1:1: include classpath(\"reference.conf\") is refused");
        folder.file("s.conf", "include \"xl\"\n");
        assertThat(folder.problem()).isEqualTo("s.conf:1:1: the included file 'xl' is a directory; a file is needed");
        folder.file("s.conf", "include \"base\"\n").file("base.conf", "name = x\n");
        assertThat(folder.problem()).endsWith("; did you mean 'base.conf'?");
    }

    @Test
    void moreThanAThousandIncludesAreRefused() {
        folder.file("s.conf", "include \"x.conf\"\n".repeat(1001)).file("x.conf", "name = x\n");
        assertThat(folder.problem()).isEqualTo("s.conf:1:1: more than 1000 files are included");
    }

    @Test
    void theResolvedScenarioLoadsToAnEqualOne() throws Exception {
        folder.file("xl/g.cfg", Folder.XL + "cpus = [\"1\", \"2-3\"]\ndevice_model_stubdomain_override = 1\n");
        folder.scenario("""
                seed = -5
                workloads {
                  p { kind = periodic, burst = 1ms, period = 10ms }
                  a { kind = hypercalls, operation = set_mem_access, access = n2rwx, pause = 1500us }
                }
                hosts.h { dom0 { pin = true, workload = p }, cpu-pools.x.cpus = "6,7", xen.time-at-start = 17ms
                  xen.command-line = "sched_credit_tslice_ms=10", unresponsive-after = 90s }
                hosts.h.domains.g { count = 2, workload = p, device-model-workload = a, device-model-cpus = "1"
                  order = 3, tolerance = 10ms, paused = true }
                costs.flush-base = 3us
                expect = [ "hosts.crashed == 0", "longest_pcpu_stall_ns < 10.5 ms", "availability >= 0.25" ]
                """);
        LoadedScenario first = folder.load("hosts.h.sockets=2");
        Files.writeString(temp.resolve("s.conf"), first.resolvedText());
        LoadedScenario second = folder.load();
        assertThat(second.scenario()).isEqualTo(first.scenario());
        assertThat(second.resolvedText()).isEqualTo(first.resolvedText());
        assertThat(first.scenario().expectations())
                .element(1)
                .isEqualTo(new Expectation(
                        "longest_pcpu_stall_ns < 10.5 ms", "longest_pcpu_stall_ns", "<", new BigDecimal("10500000.0")));
    }

    @Test
    void whatCanNeverMatterIsTold() throws ScenarioException {
        folder.scenario("""
                workloads.unused { kind = cpu }
                workloads.late { kind = hypercalls, operation = set_mem_access, access = n, start = 10s }
                hosts.spare { cpus = 1, memory = 1GiB, xen.version = "4.4.1", xen.fixes = [xsa-89] }
                hosts.h.domains.g { workload = late, device-model-cpus = "1" }
                """);
        assertThat(folder.notices())
                .contains(
                        "s.conf:6: workload 'unused' is used by nobody; it never runs",
                        "s.conf:7: workloads.late.start = 10s is not before the end of the run at 10s; no call is ever"
                                + " issued",
                        "s.conf:8: host 'spare' is in no pool; it is not simulated",
                        "s.conf:8: hosts.spare.xen.fixes names xsa-89, which 4.4.1 already has; it changes nothing",
                        "s.conf:9: hosts.h.domains.g.device-model-cpus has no effect: the device model is not in a stub"
                                + " domain, it runs in dom0");
    }

    @Test
    void anInputHasTheDigestOfItsBytes() throws ScenarioException {
        folder.scenario("").file("xl/g.cfg", Folder.XL);
        assertThat(folder.load().inputs())
                .allMatch(i -> i.sha256().matches("[0-9a-f]{64}"))
                .hasSize(2);
    }
}
