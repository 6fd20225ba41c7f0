package org.xenfleet.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is well-formed but not simulated yet, out of range, or refers to nothing. */
class RefusalTest {
    private static final String WORKLOADS = """
            workloads.p { kind = periodic, burst = 1ms, period = 10ms }
            workloads.h { kind = hypercalls, operation = set_mem_access, access = n }
            hosts.h.domains.g { workload = p, device-model-workload = h }
            """;

    @TempDir
    Path temp;

    private Folder folder;

    @BeforeEach
    void makeFolder() {
        folder = new Folder(temp).scenario(WORKLOADS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    replications=2                  | replications = 2 is not simulated yet; possible is 1
                    warm-up=5s                      | warm-up = 5s is not simulated yet; possible is 0s
                    hosts.h.xen.bits=32             | hosts.h.xen.bits = 32 is not possible with 4.4.0: Xen 4.3 dropped the 32-bit build for x86; it must be 64, or a version of 4.1 or 4.2
                    hosts.h.xen.bits=48             | hosts.h.xen.bits = 48 is no width of a hypervisor; it must be 32 or 64
                    hosts.h.xen.bits=16             | hosts.h.xen.bits = 16 is out of range; it must be an integer from 32 to 64
                    hosts.h.xen.version=4.0.4       | hosts.h.xen.version = 4.0.4 is not simulated: set_mem_access, and with it XSA-89, came with 4.1; possible are 4.1.0, 4.1.1, 4.1.2, 4.1.3, 4.1.4, 4.1.5, 4.1.6, 4.1.6.1, 4.2.0
                    hosts.h.xen.scheduler=rtds      | hosts.h.xen.scheduler = rtds is not simulated yet; possible are credit, credit2, null
                    hosts.h.xen.scheduler=credit2   | hosts.h.xen.scheduler = credit2 is experimental before 4.8 and not simulated there; 4.4.0 has credit
                    hosts.h.xen.scheduler="null"    | hosts.h.xen.scheduler = null is there from 4.9 on; 4.4.0 has credit
                    hosts.h.cpu-pools.b={cpus="1", scheduler=credit2} | hosts.h.cpu-pools.b.scheduler = credit2 is experimental before 4.8
                    hosts.h.xen.fixes=[xsa-101]     | hosts.h.xen.fixes names xsa-101, which is not in the catalogue of advisories; possible are xsa-11, xsa-20,
                    hosts.h.xen.fixes=[XSA-89]      | did you mean 'xsa-89'?
                    hosts.h.xen.command-line=cpuidle | hosts.h.xen.command-line has 'cpuidle', which is not simulated yet; possible are sched_credit_tslice_ms=1..1000
                    hosts.h.xen.command-line=watchdogs | watchdog, watchdog_timeout=0 or 2..1000000, noreboot, and, without effect, com1
                    hosts.h.xen.command-line=watchdogs | did you mean 'watchdog'?
                    hosts.h.xen.command-line="watchdog=maybe" | has 'watchdog=maybe', whose value is none of 1, yes, on, true, enable, 0, no, off, false, disable
                    hosts.h.xen.command-line="watchdog=force" | has 'watchdog=force', which 4.4.0 is not known to have; say watchdog
                    hosts.h.xen.command-line="no-watchdog=1" | has 'no-watchdog=1', which is not simulated yet
                    hosts.h.xen.command-line="no-watchdog_timeout" | has 'no-watchdog_timeout', which is not simulated yet
                    hosts.h.xen.command-line="watchdog_timeout" | has 'watchdog_timeout'; it must be 0 (off) or an integer from 2 to 1000000 (seconds), for example watchdog_timeout=5
                    hosts.h.xen.command-line="watchdog_timeout=5s" | has 'watchdog_timeout=5s'; it must be 0 (off) or an integer from 2
                    hosts.h.xen.command-line="watchdog_timeout=-1" | has 'watchdog_timeout=-1'; it must be 0 (off) or an integer from 2
                    hosts.h.xen.command-line="watchdog_timeout=1000001" | has 'watchdog_timeout=1000001'; it must be 0 (off) or an integer from 2
                    hosts.h.xen.command-line="watchdog_timeout=1" | has 'watchdog_timeout=1'; the watchdog's own heartbeat comes once a second and a little more
                    hosts.h.xen.command-line="noreboot=perhaps" | has 'noreboot=perhaps', whose value is none of
                    hosts.h.xen.watchdog-phase=2s   | hosts.h.xen.watchdog-phase = 2s is out of range; it must be 'random' or a duration from 0ms to 1s
                    hosts.h.xen.nmi-phase=2s        | hosts.h.xen.nmi-phase = 2s is out of range
                    hosts.h.xen.command-line="sched=credit2" | has sched=credit2, which is experimental before 4.8 and not simulated there; 4.4.0 has credit
                    hosts.h.xen.command-line="sched=rtds" | has 'sched=rtds', which is not simulated yet; possible are credit, credit2, null
                    hosts.h.xen.command-line="sched_credit_tslice_ms=0" | has sched_credit_tslice_ms=0; it must be an integer from 1 to 1000
                    hosts.h.xen.command-line="sched_credit_tslice_ms=1001" | it must be an integer from 1 to 1000
                    hosts.h.xen.command-line="sched_ratelimit_us=99" | has sched_ratelimit_us=99; it must be 0 (off) or an integer from 100 to 500000
                    hosts.h.xen.command-line="sched_credit_tslice_ms=1 sched_ratelimit_us=1001" | makes the rate limit, 1001 us, longer than the slice, 1 ms
                    hosts.h.cpu-pools.b={cpus="1", scheduler=rtds} | hosts.h.cpu-pools.b.scheduler = rtds is not simulated yet
                    workloads.p.kind=trace          | workloads.p.kind = trace is not simulated yet; possible are idle, cpu, yield, periodic, poisson, emulated-io, backend, hypercalls
                    workloads.p.kind=backend        | hosts.h.domains.g has the workload p of kind backend; only dom0 can have one yet
                    workloads.p.kind=trace          | workloads.p.kind = trace is not simulated yet
                    workloads.p.kind=periodical     | workloads.p.kind = periodical is not known; it must be one of idle, cpu, yield, periodic, poisson, emulated-io, backend, hypercalls; did you mean 'periodic'?
                    workloads.h.operation=set_mem_acces | did you mean 'set_mem_access'?
                    workloads.h.access=wr           | workloads.h.access = wr is not known; it must be one of n, r, w, rw, x, rx, wx, rwx, rx2rw, n2rwx
                    workloads.h.pages=-1            | workloads.h.pages = -1 is out of range; it must be 'all' or an integer from 0 to 4294967295
                    workloads.h.pages=4294967296    | is out of range
                    workloads.h.first-pfn=-1        | workloads.h.first-pfn = -1 is out of range
                    workloads.h.repeat=0            | must be 'forever' or an integer of at least 1
                    workloads.h.burst=1ms           | unknown key 'burst' in workloads.h; it is a key of the kinds yield, periodic, poisson
                    workloads.p.phase=10ms          | workloads.p.phase = 10ms must be less than the period, 10ms
                    workloads.p.burst=0ms           | is out of range; it must be a duration from 1ns to 1000000h
                    workloads.p.working-set=1025MiB | hosts.h.domains.g.workload = p has a working-set of 1025MiB, more than the guest's memory of 1GiB
                    workloads.p={working-set=1MiB, touch-interval=0ns} | touch-interval = 0ns is out of range
                    workloads.idle.kind=cpu         | would change the workload idle
                    hosts.h.domains.g.workload=q    | hosts.h.domains.g.workload = q is not a workload; known are h, idle, p
                    hosts.h.dom0.workload=webb      | is not a workload; known are h, idle, p
                    pools.p.host=hh                 | pools.p.host = hh is not a host; known are h; did you mean 'h'?
                    pools.p={count=1000000,copies=2} | pools makes 2000000 hosts; a scenario has at most 1000000
                    pools.p.copies=0                | is out of range
                    hosts.h.cpus=0                  | hosts.h.cpus = 0 is out of range; it must be an integer from 1 to 4096
                    hosts.h.cpus=4097               | is out of range
                    hosts.h.cpus=1.5                | hosts.h.cpus = 1.5 is not a whole number
                    hosts.h.cpus=8GiB               | hosts.h.cpus = 8GiB has the unit 'GiB', but a plain integer is needed
                    hosts.h.sockets=3               | hosts.h.sockets = 3 does not divide cpus = 8
                    hosts.h={sockets=2,threads-per-core=3} | hosts.h.threads-per-core = 3 does not divide the 4 pCPUs of a socket
                    hosts.h.memory=1GiB             | hosts.h.memory = 1GiB is over-committed: dom0 1GiB + 1 guests 1024MiB + 0 stub domains 0MiB = 2048MiB
                    hosts.h.memory=17179869185B     | is not a whole number of pages of 4KiB
                    hosts.h.memory=16G              | hosts.h.memory = 16G has the unit 'G', which is not one of B, KiB, MiB, GiB, TiB; write 16GiB
                    hosts.h.frequency=2             | hosts.h.frequency = 2 has no unit; write for example 2MHz
                    hosts.h.dom0.vcpus=0            | is out of range
                    hosts.h.dom0.workload=h         | hosts.h.dom0 has the workload h, which makes set_mem_access on no domain; give the workload a target, or give it to a guest as its device-model-workload
                    hosts.h.dom0={pin=true,vcpus=9} | hosts.h.dom0.pin = true would pin dom0's vCPUs 0 to 8 to the pCPUs of the same numbers, but Pool-0 has only the pCPUs 0-7
                    hosts.h={cpu-pools.a.cpus="1-2",cpu-pools.b.cpus="2"} | hosts.h.cpu-pools.b.cpus = 2 overlaps the pool a at pCPU 2
                    hosts.h.cpu-pools.a.cpus=all    | hosts.h.cpu-pools takes all 8 pCPUs; Pool-0 needs at least one for dom0
                    hosts.h.cpu-pools.a.cpus="7-8"  | names pCPU 8, but the host has only the pCPUs 0 to 7
                    hosts.h.cpu-pools.a.cpus="x"    | has the part 'x', which is not a pCPU or a range
                    hosts.h.cpu-pools.Pool-0.cpus="1" | Pool-0 is not defined
                    hosts.h.domains.g.device-model-cpus="8" | hosts.h.domains.g.device-model-cpus = 8 names pCPU 8
                    hosts.h={memory=1TiB,domains.g.count=40000} | makes 40000 guests and 0 stub domains; a host has at most 32751
                    costs.hypercall-pv=0ns          | costs.hypercall-pv = 0ns is out of range; it must be a duration from 1ns to 1s
                    duration=10                     | duration = 10 has no unit; write for example 10ms
                    duration=10 seconds             | duration = 10 seconds has the unit 'seconds', which is not one of ns, us, ms, s, m, h; write 10s
                    duration=1.5ns                  | duration = 1.5ns is not a whole number of nanoseconds
                    duration=1e9ns                  | duration = 1e9ns
                    name="../x"                     | name = ../x cannot name a folder
                    expect=["hosts.crashed = 1"]    | which is not PATH OP NUMBER[unit]
                    expect=["a < 1 parsec"]         | with the unit 'parsec'; units are ns, us, ms, s, m, h and B, KiB, MiB, GiB, TiB
                    pools."a/b".host=h              | pools has an entry named 'a/b'; a name has letters, digits
                    """)
    void isRefusedWithValueAndRemedy(String setting, String message) {
        assertThat(folder.problem(setting)).contains(message);
    }

    @Test
    void aSettingHasItsOptionAsItsPlace() {
        assertThat(folder.problem("hosts.h.cpus=0"))
                .startsWith("--set hosts.h.cpus=0: hosts.h.cpus = 0 is out of range");
        assertThat(folder.problem("hosts.h.cpus")).contains("--set hosts.h.cpus: a setting is key=value on one line");
        assertThat(folder.problem("a..b=1")).startsWith("--set a..b=1: is not valid HOCON");
        assertThat(folder.problem("include \"x=y\"")).startsWith("--set include \"x=y\": ");
    }

    @Test
    void aPoolWithTheNameOfAnotherPoolsCopyIsRefused() {
        assertThat(folder.problem("pools.p.copies=3", "pools.p-2.host=h"))
                .endsWith("the pool 'p-2' has the name of a copy of the pool 'p'; give it another name");
    }

    @Test
    void moreDeviceModelsInDom0ThanItHasVcpusAreRefused() {
        assertThat(folder.problems("hosts.h.domains.g.count=2", "hosts.h.dom0.vcpus=1"))
                .singleElement()
                .asString()
                .contains("hosts.h.domains have 2 device models with a workload and no stub domain")
                .contains("dom0.vcpus = 1");
    }

    @Test
    void aDeviceModelThatTakesTheVcpuOfDom0sOwnWorkloadIsTold() throws ScenarioException {
        assertThat(folder.load("hosts.h.dom0.workload=p").notices())
                .anySatisfy(notice ->
                        assertThat(notice.message()).contains("the first 1 vCPUs of dom0 run them instead of p"));
    }
}
