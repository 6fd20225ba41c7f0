package org.xenfleet.bench.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.xenfleet.host.plan.HostPlan;
import org.xenfleet.host.plan.HostPlanner;
import org.xenfleet.scenario.LoadedScenario;
import org.xenfleet.scenario.Scenario;
import org.xenfleet.scenario.ScenarioException;
import org.xenfleet.scenario.ScenarioLoader;

/** The scenarios that are measured, written and read as a user's are. */
public final class Scenarios {
    /** Of the hosts that are held against CloudSim Plus. */
    public static final int BUSY_CPUS = 16;

    public static final int BUSY_GUESTS = 24;

    private static final int WEB_GUESTS = 20;

    private static final String PV_GUEST = """
            name = "guest"
            kernel = "/boot/vmlinuz"
            memory = 512
            """;

    private Scenarios() {}

    /** Hosts whose 16 pCPUs are shared by 24 guests of one vCPU that is always busy; {@code xen}: more of its settings. */
    public static LoadedScenario busy(int hosts, int seconds, String xen) {
        return load("""
                name = busy, seed = 1, duration = %ds
                workloads { busy { kind = cpu } }
                hosts {
                  h {
                    cpus = %d, memory = 64GiB, xen { version = "4.4.1" %s }, dom0 { vcpus = 1, memory = 1GiB }
                    domains { guest { xl = guest.cfg, count = %d, workload = busy } }
                  }
                }
                pools { p { host = h, count = %d } }
                """.formatted(seconds, BUSY_CPUS, xen, BUSY_GUESTS, hosts), Map.of("guest.cfg", PV_GUEST));
    }

    /** The same host, but the guests are busy for 2 ms in every 10 ms. */
    public static LoadedScenario periodic(int seconds) {
        return load("""
                name = periodic, seed = 1, duration = %ds
                workloads { web { kind = periodic, burst = 2ms, period = 10ms } }
                hosts {
                  h {
                    cpus = %d, memory = 64GiB, xen { version = "4.4.1" }, dom0 { vcpus = 1, memory = 1GiB }
                    domains { guest { xl = guest.cfg, count = %d, workload = web } }
                  }
                }
                pools { p { host = h } }
                """.formatted(seconds, BUSY_CPUS, BUSY_GUESTS), Map.of("guest.cfg", PV_GUEST));
    }

    /**
     * Hosts of 64 pCPUs with dom0 and 40 guests of two vCPUs, half of them busy and half periodic. {@code stubs} of the
     * guests, at least 1 and at most 21, have their device model in a stub domain; the first stub attacks, the others wait.
     */
    public static LoadedScenario large(int hosts, int stubs) {
        if (stubs < 1 || stubs > 1 + WEB_GUESTS) {
            throw new IllegalArgumentException("a large host has 1 to " + (1 + WEB_GUESTS) + " stubs, not " + stubs);
        }
        return load(
                """
                name = large, seed = 1, duration = 1h
                workloads {
                  batch { kind = cpu }
                  web { kind = periodic, burst = 2ms, period = 10ms }
                  attack { kind = hypercalls, operation = set_mem_access, access = n }
                }
                hosts {
                  h {
                    cpus = 64, sockets = 4, memory = 256GiB, xen { version = "4.4.0" }, dom0 { vcpus = 4, memory = 4GiB }
                    domains {
                      a-victim { xl = victim.cfg, workload = batch, device-model-workload = attack }
                      b-batch { xl = batch.cfg, count = 19, workload = batch }
                      %s
                      %s
                    }
                  }
                }
                pools { p { host = h, count = %d } }
                """.formatted(web("stub", stubs - 1), web("web", 1 + WEB_GUESTS - stubs), hosts),
                Map.of(
                        "victim.cfg", hvm("victim", 1),
                        "batch.cfg", hvm("batch", 0),
                        "stub.cfg", hvm("stub", 1),
                        "web.cfg", hvm("web", 0)));
    }

    /**
     * A host of 64 pCPUs, dom0 and 40 guests, one of which attacks through its stub from the first second on; dom0 stands
     * behind everybody's devices and reacts.
     */
    public static LoadedScenario outage(String version) {
        return load(
                """
                name = outage, seed = 1, duration = 1h
                workloads {
                  batch { kind = cpu }
                  memory { kind = cpu, working-set = 1MiB }
                  web { kind = periodic, burst = 5ms, period = 50ms }
                  desk { kind = poisson, burst = 1ms, period = 20ms }
                  attack { kind = hypercalls, operation = set_mem_access, access = n, start = 1s }
                  net { kind = backend, period = 1s }
                  react { kind = hypercalls, operation = [pausedomain, unpausedomain], target = victim-dm, start = 5s, pause = 10s }
                  list { kind = hypercalls, operation = getdomaininfolist, vcpu = 1, pause = 1s }
                  ha { kind = hypercalls, operation = sched_watchdog, timeout = 60s, vcpu = 2, pause = 7s }
                }
                hosts {
                  h {
                    cpus = 64, memory = 256GiB, xen { version = "%s" }
                    dom0 { vcpus = 4, memory = 4GiB, workload = [net, react, list, ha] }
                    domains {
                      a-victim { xl = victim.cfg, workload = memory, device-model-workload = attack }
                      b-batch { xl = batch.cfg, count = 23, workload = batch }
                      c-web { xl = web.cfg, count = 12, workload = web }
                      d-desk { xl = desk.cfg, count = 4, workload = desk }
                    }
                  }
                }
                pools { p { host = h } }
                """.formatted(version),
                Map.of(
                        "victim.cfg", hvm("victim", 1, 2),
                        "batch.cfg", hvm("batch", 0, 2),
                        "web.cfg", hvm("web", 0, 1),
                        "desk.cfg", hvm("desk", 0, 1)));
    }

    private static String web(String xl, int count) {
        return count == 0 ? "" : "%1$s { xl = %1$s.cfg, count = %2$d, workload = web }".formatted(xl, count);
    }

    private static String hvm(String name, int stub) {
        return hvm(name, stub, 2);
    }

    private static String hvm(String name, int stub, int vcpus) {
        return """
                name = "%s"
                type = "hvm"
                memory = 4096
                vcpus = %d
                device_model_version = "qemu-xen-traditional"
                device_model_stubdomain_override = %d
                """.formatted(name, vcpus, stub);
    }

    /** A shipped scenario. */
    public static LoadedScenario shipped(Path file) {
        try {
            return ScenarioLoader.load(file, List.of(), OptionalLong.empty(), OptionalLong.empty());
        } catch (ScenarioException e) {
            throw new IllegalStateException(file + " is refused: " + e.problems(), e);
        }
    }

    /** The plan of a host of the scenario's only kind, as a run would make it. */
    public static HostPlan plan(LoadedScenario loaded, String name) {
        Scenario scenario = loaded.scenario();
        return planner(loaded).plan(name, scenario.costs(), scenario.seed());
    }

    /** Plans the hosts of the scenario's only kind. */
    public static HostPlanner planner(LoadedScenario loaded) {
        return HostPlanner.of(loaded.scenario().hosts().values().iterator().next());
    }

    private static LoadedScenario load(String scenario, Map<String, String> xl) {
        try {
            Path folder = Files.createTempDirectory("xenfleet-bench");
            try {
                for (Map.Entry<String, String> file : xl.entrySet()) {
                    Files.writeString(folder.resolve(file.getKey()), file.getValue());
                }
                return shipped(Files.writeString(folder.resolve("bench.conf"), scenario));
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
