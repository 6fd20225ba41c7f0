package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pools of two hosts of random kinds, with every workload that dom0 can have, attacked or not, whose promises {@link TestPool}
 * holds against what they send: none is broken, in long windows, where they are asked in every state of the agent, or where the
 * hosts are replaced while they run; and all three ways give the same reports.
 */
class PromiseTest {
    private static final long MS = 1_000_000L;

    private static final List<String> DOM0 = List.of(
            "idle",
            "busy",
            "web",
            "mail",
            "[disks, busy]",
            "disks",
            "[disks, xl]",
            "[xl, yields]",
            "polls",
            "[disks, polls]");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void noMessageIsEverSentBeforeThePromise(int seed) throws IOException {
        TestPool pool = pool(seed);

        TestPool.Outcome longest = pool.run();

        assertThat(longest.sent()).hasSizeGreaterThan(10);
        assertThat(pool.windows(470_000).run().reports()).isEqualTo(longest.reports());
        assertThat(pool.windows(Long.MAX_VALUE).snapshots(313 * MS).run().reports())
                .isEqualTo(longest.reports());
    }

    private TestPool pool(int seed) throws IOException {
        Random random = new Random(seed);
        Files.writeString(folder.resolve("web.cfg"), "name = \"web\"\ntype = \"hvm\"\nmemory = 64\n");
        Files.writeString(folder.resolve("victim.cfg"), """
                name = "victim"
                type = "hvm"
                memory = 1024
                vcpus = 2
                device_model_stubdomain_override = 1
                """);
        String host = """
                cpus = %d, memory = 8GiB
                xen { version = "%s", scheduler = %s, command-line = "%s" }
                dom0 { vcpus = %d, pin = %s, workload = %s }
                domains {
                  web { xl = web.cfg, count = %d, workload = %s }
                  victim { xl = victim.cfg, workload = busy%s, device-model-cpus = "0" }
                }
                """;
        StringBuilder hosts = new StringBuilder();
        for (String name : List.of("a", "b")) {
            int cpus = 2 + random.nextInt(3);
            boolean credit2 = random.nextInt(4) == 0;
            hosts.append(name)
                    .append(" {\n")
                    .append(host.formatted(
                            cpus,
                            credit2 ? "4.17.7" : random.nextBoolean() ? "4.4.0" : "4.4.1",
                            credit2 ? "credit2" : "credit",
                            random.nextInt(5) == 0 ? "watchdog" : "",
                            1 + random.nextInt(2),
                            random.nextBoolean(),
                            DOM0.get((seed + random.nextInt(2)) % DOM0.size()),
                            1 + random.nextInt(4),
                            List.of("busy", "web", "mail").get(random.nextInt(3)),
                            credit2 ? "" : ", device-model-workload = attack"))
                    .append("}\n");
        }
        return TestPool.in(folder, """
                name = test, seed = %d, duration = 1500ms
                workloads {
                  busy { kind = cpu }
                  web { kind = periodic, burst = 1ms, period = 7ms }
                  polls { kind = periodic, burst = 300us, period = 11ms, timer = poll }
                  mail { kind = poisson, burst = 500us, period = 3ms }
                  yields { kind = yield, burst = 100us }
                  disks { kind = backend, burst = 200us, period = 1ms }
                  xl { kind = hypercalls, operation = [pausedomain, unpausedomain], target = victim-dm, start = 200ms, pause = 3ms }
                  attack { kind = hypercalls, operation = set_mem_access, access = n, start = random, pause = 5ms }
                }
                hosts { %s }
                pools.p { host = [a, b], count = 2
                  channel { latency = %dus, jitter = %dus, loss = %s
                    heartbeat { period = %dms, burst = %dus, timeout = 100ms } } }
                """.formatted(
                        seed,
                        hosts,
                        1 + random.nextInt(300),
                        random.nextInt(400),
                        List.of("0", "10%", "0.5").get(random.nextInt(3)),
                        5 + random.nextInt(40),
                        50 + random.nextInt(3_000)));
    }
}
