package org.xenfleet.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenfleet.scenario.WorkloadSpec.Aim;
import org.xenfleet.scenario.WorkloadSpec.Hypercalls;

/** Whom and what calls of dom0 are aimed at. The host has 8 pCPUs, a guest {@code g} and a stub domain {@code g-dm}. */
class CallTargetsTest {
    private static final String WORKLOADS = """
            workloads.w { kind = hypercalls, operation = pausedomain, target = g-dm }
            hosts.h.dom0 { vcpus = 4, workload = w }
            """;

    @TempDir
    Path temp;

    private Folder folder;

    @BeforeEach
    void makeFolder() {
        folder = new Folder(temp)
                .scenario(WORKLOADS)
                .file("xl/g.cfg", Folder.XL + "device_model_stubdomain_override = 1\n");
    }

    private Hypercalls calls(String... settings) throws ScenarioException {
        return (Hypercalls)
                Folder.host(folder.load(settings).scenario()).dom0().workloads().get(0);
    }

    private void workload(String text) {
        folder.scenario("workloads.w { kind = hypercalls, " + text + " }\nhosts.h.dom0 { vcpus = 4, workload = w }\n");
    }

    @Test
    void aCallMayWorkOnAGuestAStubDomainDom0OrSeveral() throws ScenarioException {
        assertThat(calls().aim().names()).containsExactly("g-dm");
        assertThat(calls("workloads.w.target=g").aim().names()).containsExactly("g");
        assertThat(calls("workloads.w.target=[g-dm, g, Domain-0]").aim().names())
                .containsExactly("g-dm", "g", "Domain-0");
    }

    @Test
    void itIsMadeOnVcpu0AndIsNoReactionUnlessSaid() throws ScenarioException {
        assertThat(calls().vcpu()).isZero();
        assertThat(calls().reaction()).isFalse();
        Hypercalls reaction = calls("workloads.w.vcpu=3", "workloads.w.reaction=true");

        assertThat(reaction.vcpu()).isEqualTo(3);
        assertThat(reaction.reaction()).isTrue();
    }

    @Test
    void aPcpuTakenOutOfUseIsNamed() throws ScenarioException {
        workload("operation = cpu_offline, cpu = 7");

        assertThat(calls().aim())
                .isEqualTo(new Aim(List.of(), OptionalInt.of(7), Optional.empty(), Aim.DEFAULT_TIMEOUT));
    }

    @Test
    void theAffinityOfADomainIsWrittenAsInAnXlFile() throws ScenarioException {
        workload("operation = setvcpuaffinity, target = g, cpus = \"4-7,^6\"");
        BitSet expected = BitSet.valueOf(new long[] {0b1011_0000});

        assertThat(calls().aim().cpus()).contains(expected);
    }

    @Test
    void aWatchdogTimerIsThatOfThirtySecondsUnlessSaid() throws ScenarioException {
        workload("operation = sched_watchdog");
        assertThat(calls().aim().timeoutNs()).isEqualTo(30_000_000_000L);

        assertThat(calls("workloads.w.timeout=5s").aim().timeoutNs()).isEqualTo(5_000_000_000L);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    workloads.w.target=g-md  | hosts.h.dom0 has the workload w, whose target = g-md is no domain of the host; known are Domain-0, g, g-dm; did you mean 'g-dm'?
                    workloads.w.target=Domain-1 | target = Domain-1 is no domain of the host; known are Domain-0, g, g-dm; did you mean 'Domain-0'?
                    workloads.w.target=[]    | workloads.w.target is an empty list
                    workloads.w.cpu=1        | workloads.w.cpu means nothing to pausedomain; it is a key of cpu_offline
                    workloads.w.cpus="1"     | workloads.w.cpus means nothing to pausedomain; it is a key of setvcpuaffinity
                    workloads.w.timeout=1s   | workloads.w.timeout means nothing to pausedomain; it is a key of sched_watchdog
                    workloads.w.reaction=maybe | workloads.w.reaction is the text 'maybe'; it must be a boolean, for example reaction = true
                    workloads.w.vcpu=-1      | workloads.w.vcpu = -1 is out of range; it must be an integer from 0 to 4095
                    workloads.w.vcpu=4       | hosts.h.dom0.workload = w makes its calls on vCPU 4, but dom0 has only 4 vCPUs
                    workloads.w.operation=relinquish_memory | workloads.w.operation = relinquish_memory is not known; it must be one of
                    """)
    void isRefusedWithValueAndRemedy(String setting, String message) {
        assertThat(folder.problems(setting)).first().asString().contains(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    operation = pausedomain                | hosts.h.dom0 has the workload w, which makes pausedomain on no domain; give the workload a target, or give it to a guest as its device-model-workload
                    operation = [getdomaininfolist, destroydomain, grant_copy], count = 1 | which makes destroydomain, grant_copy on no domain
                    operation = livepatch_apply            | hosts.h.dom0.workload = w makes livepatch_apply, which Xen 4.4.0 does not have; releases have it from 4.7
                    operation = cpu_offline                | workloads.w.cpu is missing; it must be an integer from 1 to 4095
                    operation = cpu_offline, cpu = 0       | workloads.w.cpu = 0 is out of range; it must be an integer from 1 to 4095
                    operation = cpu_offline, cpu = 8       | hosts.h.dom0 has the workload w, whose cpu = 8 cannot be taken out of use; the host has 8 pCPUs
                    operation = cpu_offline, cpu = 1, target = g | workloads.w.target means nothing to cpu_offline, which works on no other domain
                    operation = setvcpuaffinity, target = g | workloads.w.cpus is missing
                    operation = setvcpuaffinity, target = g, cpus = x | workloads.w.cpus = x has the part 'x', which is not a pCPU or a range
                    operation = setvcpuaffinity, target = g, cpus = "7-8" | hosts.h.dom0 has the workload w, whose cpus = 7-8 are not all there: the host has 8 pCPUs
                    operation = sched_watchdog, timeout = 0s | workloads.w.timeout = 0s is out of range
                    """)
    void aCallWithoutItsAimIsRefused(String text, String message) {
        workload(text);

        assertThat(folder.problem()).contains(message);
    }

    @Test
    void theLastPcpuOfTheHostCanBeTakenOutOfUseAndPinnedTo() throws ScenarioException {
        workload("operation = [cpu_offline, setvcpuaffinity], target = g, cpu = 7, cpus = \"0-7\"");

        assertThat(calls().aim().cpu()).hasValue(7);
        assertThat(calls().aim().cpus().orElseThrow().cardinality()).isEqualTo(8);
    }

    @Test
    void onlyDom0Reacts() {
        workload("operation = set_mem_access, access = n, reaction = true");

        assertThat(folder.problem("hosts.h.dom0.workload=idle", "hosts.h.domains.g.device-model-workload=w"))
                .endsWith("hosts.h.domains.g has the workload w, which is a reaction; only dom0 can have one");
    }

    /** What is aimless in dom0 is not in a stub domain, which works on its guest. */
    @Test
    void aDeviceModelNeedsNoTarget() throws ScenarioException {
        workload("operation = set_mem_access, access = n");
        HostSpec host =
                Folder.host(folder.load("hosts.h.dom0.workload=idle", "hosts.h.domains.g.device-model-workload=w")
                        .scenario());

        assertThat(host.domains().get(0).deviceModelWorkload())
                .get()
                .isInstanceOfSatisfying(
                        Hypercalls.class, w -> assertThat(w.aim()).isEqualTo(Aim.NONE));
    }

    @Test
    void aTargetThatIsNotThereIsRefusedAtTheLineOfDom0() {
        folder.scenario("""
                workloads.w { kind = hypercalls, operation = pausedomain, target = h }
                hosts.h {
                  dom0.workload = w
                }
                """);

        assertThat(folder.problem()).startsWith("s.conf:8:").contains("target = h is no domain of the host");
    }

    @Test
    void aKeyThatDoesNotBelongIsRefusedAtItsLine() {
        folder.scenario("""
                workloads.w { kind = hypercalls, operation = pausedomain, target = g
                  timeout = 5s }
                hosts.h.dom0.workload = w
                """);

        assertThat(folder.problem())
                .startsWith("s.conf:7:")
                .contains("workloads.w.timeout means nothing to pausedomain");
    }

    /** The host itself stays as it is: twins of several hosts may share what is left. */
    @Test
    void aHostWithoutReactionsKeepsAllElse() throws ScenarioException {
        folder.scenario("""
                workloads.w { kind = hypercalls, operation = pausedomain, target = g, reaction = true }
                workloads.v { kind = hypercalls, operation = unpausedomain, target = g, vcpu = 1 }
                workloads.b { kind = backend }
                hosts.h.dom0 { vcpus = 4, workload = [w, b, v] }
                """);
        HostSpec host = Folder.host(folder.load().scenario());
        HostSpec calm = host.withoutReactions();

        assertThat(host.reactions()).containsExactly("w");
        assertThat(calm.reactions()).isEmpty();
        assertThat(calm.dom0().workloads()).extracting(WorkloadSpec::name).containsExactly("b", "v");
        assertThat(host.dom0().workloads()).hasSize(3);
        assertThat(calm)
                .isEqualTo(
                        Folder.host(folder.load("hosts.h.dom0.workload=[b, v]").scenario()));
    }

    @Test
    void aHostThatOnlyReactsIsIdleWithoutReactions() throws ScenarioException {
        HostSpec host = Folder.host(folder.load("workloads.w.reaction=true").scenario());

        assertThat(host.withoutReactions())
                .isEqualTo(Folder.host(folder.load("hosts.h.dom0.workload=idle").scenario()));
    }
}
