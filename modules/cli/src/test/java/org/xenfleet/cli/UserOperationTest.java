package org.xenfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenfleet.fleet.RunResult;
import org.xenfleet.fleet.ScenarioBundle;
import org.xenfleet.fleet.Simulation;
import org.xenfleet.observe.HostReport;
import org.xenfleet.observe.HostReport.Hypercall;
import org.xenfleet.scenario.LoadedScenario;
import org.xenfleet.scenario.ScenarioLoader;

/** An operation of a shape that is not shipped, written by a user and run: the one of docs/operations.md. */
class UserOperationTest {
    /**
     * Every entry of the call is compared with every other one and with what the guest has registered; Xen tests after every 16
     * entries, more than 4,096 are refused, and each call leaves one more registration behind.
     */
    private static final String OPERATION = """
            name = register_pairs
            hypercall = hvm_op
            on = other
            checks = [ domain, hvm, privilege-dm ]
            limits = [ { of = arg.count, most = 4096, errno = ENOSPC } ]
            iterates = arg.count
            within = "arg.count + state.registrations"
            adds-to = state.registrations
            effect = none
            cost { key = pair, default = 50ns, meaning = "One pair compared." }
            lock = p2m-read
            returns = zero
            preemption = [ { every = 16, progress = object } ]
            """;

    private static final String SCENARIO = """
            name = mine, seed = 1, duration = 3s
            operations = ["ops/register_pairs.conf"]
            workloads.attack { kind = hypercalls, operation = register_pairs, count = 1024, start = 1s, repeat = 3 }
            hosts.h {
              cpus = 3, memory = 4GiB, xen { version = "4.4.0" }, dom0 { vcpus = 1, pin = true }
              domains.g { xl = g.cfg, device-model-workload = attack, device-model-cpus = "2", state { registrations = 100 } }
            }
            pools.p.host = h
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path file;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(folder.resolve("ops"));
        Files.writeString(folder.resolve("ops/register_pairs.conf"), OPERATION);
        Files.writeString(folder.resolve("g.cfg"), """
                        name = "g"
                        type = "hvm"
                        memory = 512
                        cpus = "1"
                        device_model_stubdomain_override = 1
                        """);
        file = Files.writeString(folder.resolve("mine.conf"), SCENARIO);
    }

    private LoadedScenario load(String... settings) throws Exception {
        return ScenarioLoader.load(file, List.of(settings), OptionalLong.empty(), OptionalLong.empty());
    }

    private Hypercall run(String... settings) throws Exception {
        RunResult result = Simulation.of(load(settings)).run();
        HostReport host = result.summary().reports().get(0);
        return host.hypercalls().get(0);
    }

    /** 1,024 x (1,024 + 100), + 101 and + 102 pairs x 50 ns are 172.8 ms; a test comes every 16 x 1,126 x 50 ns = 0.9 ms. */
    @Test
    void shouldDoWhatItsFileSays() throws Exception {
        Hypercall call = run();

        assertThat(call.operation()).isEqualTo("register_pairs");
        assertThat(call.iterations()).isEqualTo(3 * 1024);
        assertThat(call.returned()).isEqualTo(Map.of(0, 3L));
        assertThat(call.continuations()).isGreaterThanOrEqualTo(15);
        assertThat(call.longestSliceNs()).isLessThan(10_000_000L + 16 * 1126 * 50 + 100_000);
        assertThat(call.longestCallNs()).isBetween(1024L * 1126 * 50, 1024L * 1126 * 50 + 1_000_000);
    }

    @Test
    void shouldCostWhatTheScenarioSays() throws Exception {
        assertThat(run("costs.pair=100ns").longestCallNs())
                .isBetween(1024L * 1126 * 100, 1024L * 1126 * 100 + 1_000_000);
    }

    @Test
    void shouldBeRefusedBeyondItsLimit() throws Exception {
        Hypercall call = run("workloads.attack.count=4097");

        assertThat(call.returned()).isEqualTo(Map.of(-28, 3L));
        assertThat(call.iterations()).isZero();
    }

    /** A run on other nodes, and one that is resumed, loads the scenario from a bundle. */
    @Test
    void shouldTravelWithTheScenario() throws Exception {
        LoadedScenario here = load();
        LoadedScenario there =
                ScenarioBundle.decode(ScenarioBundle.of(here, file).encode()).load();

        assertThat(there.scenario()).isEqualTo(here.scenario());
        assertThat(Simulation.of(there).run().digest())
                .isEqualTo(Simulation.of(here).run().digest());
    }

    @Test
    void shouldBeRefusedWithFileAndLineBeforeAnythingRuns() throws Exception {
        Files.writeString(
                folder.resolve("ops/register_pairs.conf"), OPERATION.replace("lock = p2m-read", "lock = p2m-reed"));
        Captured captured = new Captured();

        assertThat(captured.run(
                        "run",
                        file.toString(),
                        "--output",
                        folder.resolve("out").toString()))
                .isEqualTo(2);
        assertThat(captured.err())
                .contains(
                        "ops/register_pairs.conf:11:1: lock = p2m-reed; there are none, p2m-read, p2m-write; did you mean"
                                + " 'p2m-read'?");
        assertThat(folder.resolve("out")).doesNotExist();
    }
}
