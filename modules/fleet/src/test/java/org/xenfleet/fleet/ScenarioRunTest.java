package org.xenfleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenfleet.observe.HostReport;
import org.xenfleet.observe.HostReport.Domain;
import org.xenfleet.observe.HostReport.Pcpu;
import org.xenfleet.observe.HostReport.Role;
import org.xenfleet.results.Verdict;

/** Whole runs from files, on the threads of this process. */
class ScenarioRunTest {
    private static final long SECOND = 1_000_000_000;

    private static final String SMALL_HOST = """
            workloads { web { kind = periodic, burst = 1ms, period = 10ms } }
            hosts.h {
              cpus = 1, memory = 4GiB, xen { version = "4.4.0" }, dom0 { vcpus = 1, memory = 1GiB }
              domains {
                quiet { xl = quiet.cfg }
                web   { xl = web.cfg, workload = web }
              }
            }
            """;

    /** The device model of `a` attacks on pCPU 1, which `b` shares with it; `c` has pCPUs of its own. */
    private static final String ATTACKED_HOST = """
            name = attacked, seed = 5, duration = 4s
            workloads {
              batch  { kind = cpu }
              attack { kind = hypercalls, operation = set_mem_access, access = n, pages = all, start = 1s }
            }
            hosts.h {
              cpus = 4, memory = 16GiB, xen { version = "4.4.0" }, dom0 { vcpus = 1, memory = 1GiB }
              domains {
                a { xl = a.cfg, paused = true, device-model-workload = attack, device-model-cpus = "1" }
                b { xl = b.cfg, workload = batch, tolerance = 50ms }
                c { xl = c.cfg, workload = batch }
              }
            }
            pools.p { host = h }
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @BeforeEach
    void writeGuests() throws IOException {
        guest("quiet", "memory = 256");
        guest("web", "memory = 256");
        guest("a", "memory = 2048\ndevice_model_stubdomain_override = 1");
        guest("b", "memory = 256\ncpus = \"1\"");
        guest("c", "memory = 256\nvcpus = 2\ncpus = [ \"2\", \"all,^0-2\" ]");
    }

    @Test
    void shouldBeUsedInThreeLinesFromAnotherTest() throws Exception {
        Path file = scenario("attacked.conf", ATTACKED_HOST);

        RunResult result = Simulation.load(file).run();
        assertThat(result.summary().hosts().degraded()).isEqualTo(1);
        assertThat(result.summary().longestPcpuStallNs()).isLessThan(SECOND);
    }

    @Test
    void shouldHonourTheAffinityOfAnXlFile() throws Exception {
        RunResult result = run(scenario("attacked.conf", ATTACKED_HOST), 1);

        HostReport host = result.summary().reports().get(0);
        assertThat(host.pcpus().get(0).guestNs()).isZero();
        assertThat(host.pcpus().subList(2, 4)).extracting(Pcpu::guestNs).allMatch(ns -> ns > 39 * SECOND / 10);
        Map<String, Domain> domains = host.domains().stream().collect(Collectors.toMap(Domain::name, domain -> domain));
        assertThat(domains.get("c")).isNotNull().satisfies(c -> {
            assertThat(c.longestWaitNs()).isLessThan(1_000_000);
            assertThat(c.availableNs()).isEqualTo(4 * SECOND);
        });
        assertThat(host.hypercalls()).singleElement().satisfies(call -> {
            assertThat(call.caller()).isEqualTo("a-dm");
            assertThat(call.continuations()).isZero();
            assertThat(domains.get("b"))
                    .isNotNull()
                    .extracting(Domain::longestWaitNs)
                    .satisfies(wait -> assertThat(wait).isGreaterThanOrEqualTo(call.longestSliceNs()));
        });
    }

    @Test
    void shouldHaveTheSameDigestOnOneWorkerAndOnTwo() throws Exception {
        Path file = scenario("attacked.conf", ATTACKED_HOST + "pools.p.count = 4\n");

        RunResult one = run(file, 1);
        RunResult two = run(file, 2);

        assertThat(one.digest()).matches("[0-9a-f]{64}").isEqualTo(two.digest());
        assertThat(one.summary()).isEqualTo(two.summary());
    }

    @Test
    void shouldHaveAnotherDigestWithAnotherSeedOrAnotherCost() throws Exception {
        Path file = scenario("attacked.conf", ATTACKED_HOST);
        Path seeded = scenario("seeded.conf", ATTACKED_HOST + "seed = 6\n");
        Path dearer = scenario("dearer.conf", ATTACKED_HOST + "costs.p2m-entry = 251ns\n");

        assertThat(run(file, 2).digest())
                .isNotEqualTo(run(seeded, 2).digest())
                .isNotEqualTo(run(dearer, 2).digest());
    }

    @Test
    void shouldRunAHostOf64CpusWith40DomainsForAMinute() throws Exception {
        Path file = scenario("large.conf", """
                name = large, duration = 60s
                workloads {
                  web    { kind = periodic, burst = 2ms, period = 10ms }
                  attack { kind = hypercalls, operation = set_mem_access, access = n, pages = all, start = 10s }
                }
                hosts.h {
                  cpus = 64, sockets = 2, memory = 128GiB, xen { version = "4.4.0" }, dom0 { vcpus = 4, memory = 4GiB }
                  domains {
                    a   { xl = a.cfg, device-model-workload = attack }
                    web { xl = web.cfg, count = 39, workload = web }
                  }
                }
                pools.p { host = h }
                """);

        HostReport host = run(file, 1).summary().reports().get(0);

        assertThat(host.simulatedNs()).isEqualTo(60 * SECOND);
        assertThat(host.epochDigests()).hasSize(60);
        assertThat(host.pcpus())
                .hasSize(64)
                .allSatisfy(cpu -> assertThat(upTime(cpu)).isEqualTo(60 * SECOND));
        assertThat(host.domains())
                .filteredOn(domain -> domain.role() == Role.GUEST)
                .hasSize(40);
        assertThat(host.domains())
                .filteredOn(domain -> domain.role() == Role.STUB)
                .hasSize(1);
    }

    @Test
    void shouldRunAHostOfOneCpuAndNoGuest() throws Exception {
        Path file = scenario("least.conf", """
                name = least, duration = 60s
                hosts.h { cpus = 1, memory = 1GiB, xen { version = "4.4.0" }, dom0 { vcpus = 1, memory = 512MiB } }
                pools.p { host = h }
                """);

        HostReport host = run(file, 1).summary().reports().get(0);

        assertThat(host.domains()).hasSize(1);
        assertThat(host.pcpus())
                .singleElement()
                .satisfies(cpu -> assertThat(upTime(cpu)).isEqualTo(60 * SECOND));
    }

    @Test
    void shouldRunAThousandSmallHostsOnOneWorkerAndOnTwoAlike() throws Exception {
        Path file = scenario("thousand.conf", SMALL_HOST + """
                name = thousand, duration = 1s
                pools.p { host = h, count = 10, copies = 100 }
                expect = [ "hosts.healthy == 1000" ]
                """);

        RunResult two = run(file, 2);

        assertThat(two.summary().verdict()).isEqualTo(Verdict.PASS);
        assertThat(two.summary().reports())
                .hasSize(1000)
                .allMatch(host -> host.simulatedNs() == SECOND)
                .extracting(HostReport::name)
                .contains("p-0/0", "p-99/9")
                .doesNotHaveDuplicates();
        assertThat(run(file, 1).digest()).isEqualTo(two.digest());
    }

    @Test
    void shouldKeepWhatThereIsWhenTheLimitOfEventsIsReached() throws Exception {
        Path file = scenario("limited.conf", SMALL_HOST + """
                name = limited, duration = 1s
                pools.p { host = h, count = 20 }
                """);
        long all = run(file, 1).summary().events();
        RunOptions options = new RunOptions(1, OptionalLong.empty(), OptionalLong.of(all / 2), noTrace(), () -> false);

        RunResult result = Simulation.load(file).run(options, RunListener.NONE);

        assertThat(result.outcome()).isEqualTo(Outcome.MAX_EVENTS);
        assertThat(result.summary().verdict()).isEqualTo(Verdict.PARTIAL);
        assertThat(result.summary().events()).isBetween(all / 2, all - 1);
        assertThat(result.summary().reports()).hasSizeBetween(10, 19);
        assertThat(result.summary().hosts().notRun())
                .isEqualTo(20 - result.summary().reports().size());
    }

    @Test
    void shouldKeepWhatThereIsWhenItIsToldToStop() throws Exception {
        Path file = scenario("long.conf", SMALL_HOST + """
                name = long, duration = 1000000h
                pools.p { host = h }
                """);
        BooleanSupplier atOnce = () -> true;
        RunOptions options = new RunOptions(2, OptionalLong.empty(), OptionalLong.empty(), noTrace(), atOnce);

        RunResult result = Simulation.load(file).run(options, RunListener.NONE);

        assertThat(result.outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(result.summary().reports())
                .singleElement()
                .satisfies(host -> assertThat(host.simulatedNs()).isPositive());
    }

    private static long upTime(Pcpu cpu) {
        return cpu.guestNs() + cpu.hypercallNs() + cpu.spinNs() + cpu.xenNs() + cpu.idleNs();
    }

    private static Optional<Path> noTrace() {
        return Optional.empty();
    }

    private static RunResult run(Path file, int workers) throws Exception {
        return Simulation.load(file).run(RunOptions.defaults().withWorkers(workers), RunListener.NONE);
    }

    private Path scenario(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private void guest(String name, String settings) throws IOException {
        Files.writeString(folder.resolve(name + ".cfg"), "name = \"" + name + "\"\ntype = \"hvm\"\n" + settings + "\n");
    }
}
