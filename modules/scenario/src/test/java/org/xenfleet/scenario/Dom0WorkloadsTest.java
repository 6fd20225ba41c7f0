package org.xenfleet.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenfleet.scenario.WorkloadSpec.Backend;
import org.xenfleet.scenario.WorkloadSpec.EmulatedIo;
import org.xenfleet.scenario.WorkloadSpec.Periodic;
import org.xenfleet.scenario.WorkloadSpec.VcpuTimer;

/** What dom0 can do at the same time, and the kinds of workload that serve devices or wait for them. */
class Dom0WorkloadsTest {
    private static final String WORKLOADS = """
            workloads {
              b  { kind = backend }
              b2 { kind = backend, guests = [g], burst = 5us, period = 1ms, copies = 3 }
              x0 { kind = hypercalls, operation = pausedomain, target = g }
              x1 { kind = hypercalls, operation = unpausedomain, target = g, vcpu = 1 }
              p  { kind = periodic, burst = 1ms, period = 10ms, timer = poll }
              c  { kind = cpu }
              e  { kind = emulated-io, burst = 3ms }
            }
            """;

    @TempDir
    Path temp;

    private Folder folder;

    @BeforeEach
    void makeFolder() {
        folder = new Folder(temp).scenario(WORKLOADS);
    }

    private List<WorkloadSpec> dom0(String workload) throws ScenarioException {
        return Folder.host(folder.load("hosts.h.dom0={vcpus=2,workload=" + workload + "}")
                        .scenario())
                .dom0()
                .workloads();
    }

    @Test
    void dom0IsIdleOrDoesOneThingOrSeveral() throws ScenarioException {
        assertThat(Folder.host(folder.load().scenario()).dom0().workloads())
                .containsExactly(new WorkloadSpec.Idle("idle"));
        assertThat(dom0("c")).extracting(WorkloadSpec::name).containsExactly("c");
        assertThat(dom0("[x1, b, c, x0]")).extracting(WorkloadSpec::name).containsExactly("x1", "b", "c", "x0");
    }

    @Test
    void aBackendServesAllGuestsWithEightCopiesEveryTenMilliseconds() throws ScenarioException {
        assertThat(dom0("b")).containsExactly(new Backend("b", List.of(), 20_000, 10_000_000, 8));
        assertThat(dom0("b2")).containsExactly(new Backend("b2", List.of("g"), 5_000, 1_000_000, 3));
    }

    @Test
    void aGuestWithAnEmulatedDeviceWaitsForTwentyMicrosecondsOfItsModel() throws ScenarioException {
        assertThat(guest("e")).isEqualTo(new EmulatedIo("e", 3_000_000, 20_000));
        assertThat(((EmulatedIo) guest("e", "workloads.e.service=70us")).serviceNs())
                .isEqualTo(70_000);
    }

    @Test
    void aPeriodicVcpuSleepsOnItsOwnTimerUnlessItPolls() throws ScenarioException {
        assertThat(((Periodic) guest("p")).timer()).isEqualTo(VcpuTimer.POLL);
        assertThat(((Periodic) guest("p", "workloads.p.timer=one-shot")).timer())
                .isEqualTo(VcpuTimer.ONE_SHOT);
        folder.scenario("workloads.p { kind = periodic, burst = 1ms, period = 10ms }");
        assertThat(((Periodic) guest("p")).timer()).isEqualTo(VcpuTimer.ONE_SHOT);
    }

    private WorkloadSpec guest(String workload, String... more) throws ScenarioException {
        String[] settings = Arrays.copyOf(more, more.length + 1);
        settings[more.length] = "hosts.h.domains.g.workload=" + workload;
        return Folder.host(folder.load(settings).scenario()).domains().get(0).workload();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    [b, b2]     | hosts.h.dom0.workload names more than one backend; possible are any number of kind hypercalls, one backend, and one other
                    [c, p]      | hosts.h.dom0.workload names more than one workload for the vCPUs that make no calls; possible are any number of kind hypercalls, one backend, and one other
                    [c, c]      | names more than one workload for the vCPUs that make no calls
                    e           | hosts.h.dom0.workload = e needs a device model, which dom0 does not have
                    [x0, x0]    | hosts.h.dom0.workload = x0 makes its calls on vCPU 0, and so does x0; give one of them another vcpu
                    [x0, bb]    | hosts.h.dom0.workload = bb is not a workload; known are b, b2, c, e, idle, p, x0, x1
                    """)
    void isRefusedForDom0WithTheRemedy(String workload, String message) {
        assertThat(folder.problem("hosts.h.dom0={vcpus=2,workload=" + workload + "}"))
                .contains(message);
    }

    @Test
    void twoCallersOnOneVcpuAreRefused() {
        assertThat(folder.problem("hosts.h.dom0={vcpus=2,workload=[x0, x1]}", "workloads.x1.vcpu=0"))
                .contains("= x1 makes its calls on vCPU 0, and so does x0; give one of them another vcpu");
    }

    @Test
    void aCallerOnAVcpuThatDom0DoesNotHaveIsRefused() {
        assertThat(folder.problem("hosts.h.dom0={vcpus=1,workload=x1}"))
                .contains("hosts.h.dom0.workload = x1 makes its calls on vCPU 1, but dom0 has only 1 vCPU");
        assertThat(folder.problem("hosts.h.dom0={vcpus=2,workload=x1}", "workloads.x1.vcpu=2"))
                .contains("= x1 makes its calls on vCPU 2, but dom0 has only 2 vCPUs");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    hosts.h.domains.g.workload=b  | hosts.h.domains.g has the workload b of kind backend; only dom0 can have one yet
                    hosts.h.domains.g={device-model-workload=e} | hosts.h.domains.g has the workload e, which is nothing that a device model does
                    workloads.e.service=0ns       | workloads.e.service = 0ns is out of range
                    workloads.e.period=1ms        | unknown key 'period' in workloads.e
                    workloads.b2.copies=0         | workloads.b2.copies = 0 is out of range; it must be an integer from 1 to 1000000
                    workloads.b2.guests=[]        | workloads.b2.guests is an empty list
                    workloads.b2.service=1ms      | unknown key 'service' in workloads.b2; it is a key of the kinds emulated-io
                    workloads.p.timer=polling     | workloads.p.timer = polling is not known; it must be one of one-shot, poll; did you mean 'poll'?
                    workloads.c.timer=poll        | unknown key 'timer' in workloads.c
                    """)
    void isRefusedWithValueAndRemedy(String setting, String message) {
        assertThat(folder.problem(setting)).contains(message);
    }

    @Test
    void aBackendOfAGuestThatIsNotThereIsRefusedWithASuggestion() {
        folder.file("xl/web-0.cfg", Folder.XL.replace("\"g\"", "\"web-0\""));

        assertThat(folder.problem(
                        "hosts.h.dom0.workload=b2", "workloads.b2.guests=[web_0]", "hosts.h.domains.w.xl=xl/web-0.cfg"))
                .endsWith("hosts.h.dom0 has the workload b2, whose guests = web_0 is no guest of the host; known are g,"
                        + " web-0; did you mean 'web-0'?");
    }

    @Test
    void aGuestWithoutADeviceModelCannotHaveAnEmulatedDevice() {
        folder.file("xl/g.cfg", Folder.XL.replace("hvm", "pvh") + "kernel = \"/boot/vmlinuz\"\n");

        assertThat(folder.problem("hosts.h.domains.g.workload=e"))
                .endsWith("hosts.h.domains.g has the workload e of kind emulated-io, but g is of type pvh, which has no"
                        + " device model");
    }

    @Test
    void whatDom0CannotDoIsRefusedAtTheLineThatSaysIt() {
        folder.scenario(WORKLOADS + """
                hosts.h.dom0 {
                  workload = [b, b2]
                }
                """);

        assertThat(folder.problem()).startsWith("s.conf:16:").contains("names more than one backend");
    }
}
