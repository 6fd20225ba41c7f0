package org.xenfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenfleet.assess.Assessment;
import org.xenfleet.assess.OtherCaller;
import org.xenfleet.assess.ScenarioHosts;
import org.xenfleet.assess.Xsa89;
import org.xenfleet.fleet.RunResult;
import org.xenfleet.fleet.Simulation;
import org.xenfleet.observe.HostReport;
import org.xenfleet.scenario.ScenarioException;
import org.xenfleet.scenario.ScenarioLoader;

/**
 * What is called mechanically exploitable against a run of the same host, for every row of the matrix: somebody makes the
 * call over the 2 GiB of the victim, which takes 131 ms at 250 ns a page, and either a physical CPU serves no softirq for
 * more than 100 ms or it does not.
 */
class AssessAgreesWithRunTest {
    private static final long TIED_NS = 100_000_000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** The call is made by the device model of the victim, by another domain, or by the victim itself. */
    @ParameterizedTest(name = "row {0}: {1}, {2}, by {4}")
    @CsvSource(delimiter = '|', textBlock = """
            2  | version = "4.1.6.1"                   | hvm  | stubdom         | device model | true  | 0
            3  | version = "4.1.6.1", bits = 32        | hvm  | stubdom         | device model | true  | 0
            4  | version = "4.2.4", bits = 32          | hvm  | stubdom         | device model | false | -22
            5  | version = "4.2.4"                     | hvm  | stubdom         | device model | true  | 0
            6  | version = "4.2.4"                     | hvm  | dom0            | device model | true  | 0
            7  | version = "4.3.2"                     | hvm  | dom0            | device model | true  | 0
            8  | version = "4.3.2"                     | hvm  | dom0-restricted | device model | true  | 0
            9  | version = "4.3.2"                     | stub | as xl says      | device model | true  | 0
            10 | version = "4.4.0"                     | hvm  | service-domain, device-model-image = tenant | device model | true | 0
            11 | version = "4.4.0"                     | hvm  | service-domain  | device model | true  | 0
            12 | version = "4.4.0"                     | pv   | as xl says      | dom0         | false | -22
            13 | version = "4.4.0"                     | stub | as xl says      | device model | true  | 0
            14 | version = "4.4.0"                     | pvh  | as xl says      | dom0         | false | -22
            15 | version = "4.4.0", fixes = [xsa-89]   | hvm  | stubdom         | device model | false | 0
            16 | version = "4.4.1"                     | hvm  | stubdom         | device model | false | 0
            17 | version = "4.3.3"                     | hvm  | stubdom         | device model | false | 0
            17 | version = "4.2.5"                     | hvm  | stubdom         | device model | false | 0
            18 | version = "4.1.6.1", fixes = [xsa-89] | hvm  | stubdom         | device model | false | 0
            19 | version = "4.5.0"                     | hvm  | stubdom         | device model | false | 0
            20 | version = "4.4.0"                     | hvm  | stubdom         | neighbour    | false | -1
            21 | version = "4.4.0"                     | hvm  | stubdom         | itself       | false | -1
            23 | version = "4.4.0"                     | stub | dom0            | device model | true  | 0
            """)
    void shouldTieACpuExactlyWhereItIsCalledExploitable(
            int row, String xen, String guest, String place, String caller, boolean tied, String returned)
            throws Exception {
        Path file = scenario(xen, guest, place, caller);

        assertThat(exploitable(file, caller)).isEqualTo(tied);
        RunResult run = Simulation.of(ScenarioLoader.load(file, List.of(), OptionalLong.empty(), OptionalLong.empty()))
                .run();

        HostReport host = run.summary().reports().get(0);
        assertThat(host.hypercalls()).singleElement().satisfies(call -> {
            assertThat(call.calls()).isEqualTo(1);
            assertThat(call.returned()).containsOnlyKeys(Integer.parseInt(returned));
            assertThat(call.longestSliceNs() > TIED_NS).isEqualTo(tied);
        });
        assertThat(run.summary().longestPcpuStallNs() > TIED_NS).isEqualTo(tied);
    }

    @ParameterizedTest(name = "row {0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            1  | version = "4.0.4"             | hvm | set_mem_access, and with it XSA-89, came with 4.1
            22 | version = "4.3.2", bits = 32  | hvm | Xen 4.3 dropped the 32-bit build for x86
            24 | version = "4.4.0", arch = arm | pv  | XSA-89 does not concern Xen on Arm
            """)
    void shouldNotCallExploitableWhatCannotBeRun(int row, String xen, String guest, String reason) throws Exception {
        String caller = guest.equals("pv") ? "dom0" : "device model";
        Path file = scenario(xen, guest, "as xl says", caller);

        ScenarioException refused = catchThrowableOfType(
                ScenarioException.class,
                () -> ScenarioLoader.load(file, List.of(), OptionalLong.empty(), OptionalLong.empty()));

        assertThat(refused).hasMessageContaining(reason);
        assertThat(exploitable(file, caller)).isFalse();
    }

    private static boolean exploitable(Path file, String caller) throws ScenarioException {
        List<Assessment> guests = Xsa89.judge(ScenarioHosts.of(
                                "s.conf", ScenarioLoader.loadToJudge(file).hosts())
                        .get(0))
                .guests();
        Assessment victim = guests.stream()
                .filter(guest -> guest.guest().name().equals("victim"))
                .findFirst()
                .orElseThrow();
        if (caller.equals("device model") || caller.equals("dom0")) {
            return victim.exploitable();
        }
        return victim.others().stream()
                .filter(other -> other.name().endsWith(caller))
                .findFirst()
                .map(OtherCaller::exploitable)
                .orElseThrow();
    }

    private Path scenario(String xen, String guest, String place, String caller) throws IOException {
        write("hvm.cfg", "name = \"victim\"\ntype = \"hvm\"\nmemory = 2048\n");
        write("stub.cfg", "name = \"victim\"\ntype = \"hvm\"\nmemory = 2048\ndevice_model_stubdomain_override = 1\n");
        write("pv.cfg", "name = \"victim\"\ntype = \"pv\"\nmemory = 2048\nkernel = \"k\"\n");
        write("pvh.cfg", "name = \"victim\"\ntype = \"pvh\"\nmemory = 2048\nkernel = \"k\"\n");
        write(
                "neighbour.cfg",
                "name = \"neighbour\"\ntype = \"pv\"\nmemory = 256\nkernel = \"k\"\ndriver_domain = 1\n");
        boolean newer = xen.contains("4.5.0");
        String victim = "xl = " + guest + ".cfg, mem-access-listener = " + newer
                + (place.equals("as xl says") ? "" : ", device-model = " + place)
                + (caller.equals("device model") ? ", device-model-workload = attack" : "")
                + (caller.equals("itself") ? ", workload = attack" : "");
        String neighbour = "xl = neighbour.cfg" + (caller.equals("neighbour") ? ", workload = attack" : "");
        return write("s.conf", """
                name = row, seed = 1, duration = 2s
                workloads.attack {
                  kind = hypercalls, operation = %s, access = n, pages = 524288, start = 1s, repeat = 1%s
                }
                hosts.h {
                  cpus = 4, memory = 8GiB, xen { %s }, dom0 { vcpus = 2, workload = %s }
                  domains { victim { %s }, neighbour { %s } }
                }
                pools.p.host = h
                """.formatted(
                        newer ? "access_op" : "set_mem_access",
                        caller.equals("device model") ? "" : ", target = victim",
                        xen,
                        caller.equals("dom0") ? "attack" : "idle",
                        guest.startsWith("pv") ? victim.replace(", mem-access-listener = false", "") : victim,
                        neighbour));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
    }
}
