package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenfleet.host.plan.DomainPlan;
import org.xenfleet.host.plan.HostPlan;
import org.xenfleet.host.plan.VcpuPlan;
import org.xenfleet.host.plan.WatchdogPlan;
import org.xenfleet.observe.HostReport.Role;
import org.xenfleet.scenario.WorkloadSpec;
import org.xenfleet.xlcfg.GuestType;

/** Domids, names, pools and placement; the design's section 6 and xen-semantics 7.1. */
class HostPlannerTest {
    @TempDir
    Path folder;

    private TestHost host(String dom0, String rest) {
        return TestHost.in(folder, "1s", """
                        cpus = 4, xen { version = "4.4.0" }
                        dom0 { %s }
                        %s
                        """.formatted(dom0, rest), """
                        workloads {
                          busy { kind = cpu }
                          attack { kind = hypercalls, operation = set_mem_access, access = n, pages = all, start = 0s }
                        }
                        """)
                .xl("stubbed.cfg", """
                        name = "victim"
                        type = "hvm"
                        memory = 4096
                        vcpus = 2
                        cpu_weight = 512
                        cap = 50
                        device_model_stubdomain_override = 1
                        """)
                .xl("plain.cfg", """
                        name = "plain"
                        type = "hvm"
                        memory = 1024
                        """)
                .xl("pv.cfg", """
                        name = "web"
                        kernel = "/boot/k"
                        memory = 256
                        """)
                .xl("pooled.cfg", """
                        name = "pooled"
                        kernel = "/boot/k"
                        memory = 256
                        vcpus = 2
                        pool = "p1"
                        """);
    }

    private static DomainPlan named(HostPlan plan, String name) {
        return plan.domains().stream()
                .filter(d -> d.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void domidsAreGivenByKeyWithDom0FirstAndAStubAfterItsGuest() {
        HostPlan plan = host("vcpus = 1", "domains { b { xl = pv.cfg }, a { xl = stubbed.cfg }, c { xl = plain.cfg } }")
                .plan();

        assertThat(plan.domains())
                .extracting(DomainPlan::name)
                .containsExactly("Domain-0", "victim", "victim-dm", "web", "plain");
        assertThat(plan.domains()).extracting(DomainPlan::domid).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void anOrderOverridesTheKeys() {
        HostPlan plan = host("vcpus = 1", "domains { a { xl = pv.cfg, order = 2 }, b { xl = plain.cfg, order = 1 } }")
                .plan();

        assertThat(plan.domains()).extracting(DomainPlan::name).containsExactly("Domain-0", "plain", "web");
    }

    @Test
    void severalOfAKindAreNumbered() {
        HostPlan plan = host("vcpus = 1", "domains { a { xl = stubbed.cfg, count = 2 } }")
                .plan();

        assertThat(plan.domains())
                .extracting(DomainPlan::name)
                .containsExactly("Domain-0", "victim-0", "victim-0-dm", "victim-1", "victim-1-dm");
    }

    @Test
    void aStubIsAPvDomainOf32MebibytesWithPowerOverItsGuestOnly() {
        HostPlan plan = host("vcpus = 1", "domains { a { xl = stubbed.cfg, device-model-workload = attack } }")
                .plan();
        DomainPlan stub = named(plan, "victim-dm");

        assertThat(stub.role()).isEqualTo(Role.STUB);
        assertThat(stub.type()).isEqualTo(GuestType.PV);
        assertThat(stub.target()).isEqualTo(1);
        assertThat(stub.privileged()).isFalse();
        assertThat(stub.vcpus()).hasSize(1);
        assertThat(stub.ramPages()).isEqualTo(8192);
        assertThat(stub.weight()).isEqualTo(256);
        assertThat(stub.cap()).isZero();
    }

    /** 256 pages for each of 2 vCPUs and 2 for each of 4096 MiB: 8704. */
    @Test
    void aGuestHasTheWeightCapMemoryAndPoolOfItsXlFile() {
        DomainPlan guest = named(
                host("vcpus = 1", "domains { a { xl = stubbed.cfg, device-model-workload = attack } }")
                        .plan(),
                "victim");

        assertThat(guest.weight()).isEqualTo(512);
        assertThat(guest.cap()).isEqualTo(50);
        assertThat(guest.ramPages()).isEqualTo(1_048_576);
        assertThat(guest.poolPages()).isEqualTo(8704);
        assertThat(guest.attacked()).isTrue();
        assertThat(guest.isHvm()).isTrue();
        assertThat(guest.target()).isEqualTo(-1);
    }

    @Test
    void deviceModelCpusPinTheStubAlone() {
        HostPlan plan = host("vcpus = 1", "domains { a { xl = stubbed.cfg, device-model-cpus = \"2\" } }")
                .plan();

        assertThat(named(plan, "victim-dm").vcpus().get(0).affinity().hard().stream())
                .containsExactly(2);
        assertThat(named(plan, "victim").vcpus().get(0).affinity().hard().stream())
                .containsExactly(0, 1, 2, 3);
    }

    @Test
    void pinnedDom0HasVcpuNOnPcpuN() {
        HostPlan plan = host("vcpus = 3, pin = true", "domains {}").plan();

        for (VcpuPlan vcpu : plan.domains().get(0).vcpus()) {
            assertThat(vcpu.processor()).isEqualTo(vcpu.index());
            assertThat(vcpu.affinity().hard().stream()).containsExactly(vcpu.index());
        }
    }

    @Test
    void dom0FloatsOverPool0UnlessPinned() {
        HostPlan plan = host("vcpus = 2", "cpu-pools { p1 { cpus = \"1,3\" } }, domains {}")
                .plan();

        assertThat(plan.domains().get(0).vcpus())
                .extracting(VcpuPlan::processor)
                .containsExactly(0, 2);
        assertThat(plan.domains().get(0).vcpus().get(1).affinity().hard().stream())
                .containsExactly(0, 2);
    }

    @Test
    void pool0HasThePcpusThatNoOtherPoolHas() {
        HostPlan plan = host("vcpus = 1", "cpu-pools { p1 { cpus = \"1,3\" } }, domains { a { xl = pooled.cfg } }")
                .plan();

        assertThat(plan.pools().get(0).cpus().stream()).containsExactly(0, 2);
        assertThat(plan.pools().get(1).cpus().stream()).containsExactly(1, 3);
        assertThat(plan.pools().get(1).masterCpu()).isEqualTo(1);
        assertThat(plan.poolOf(3).name()).isEqualTo("p1");
        assertThat(named(plan, "pooled").pool()).isEqualTo(1);
        assertThat(named(plan, "pooled").vcpus())
                .extracting(VcpuPlan::processor)
                .containsExactly(3, 1);
    }

    /** dom0 takes pCPU 0; the highest of the empty ones are taken first: 3, 2, 1, and then 3 again. */
    @Test
    void guestsSpreadOverThePcpus() {
        HostPlan plan =
                host("vcpus = 1", "domains { a { xl = pv.cfg, count = 4 } }").plan();

        assertThat(plan.vcpus()).extracting(VcpuPlan::processor).containsExactly(0, 3, 2, 1, 3);
        assertThat(plan.vcpus()).extracting(VcpuPlan::number).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void aDeviceModelWithoutAStubWorksOnADom0Vcpu() {
        HostPlan plan = host("vcpus = 2", "domains { a { xl = plain.cfg, device-model-workload = attack } }")
                .plan();
        VcpuPlan first = plan.domains().get(0).vcpus().get(0);

        assertThat(plan.domains()).hasSize(2);
        assertThat(first.workload()).isInstanceOf(WorkloadSpec.Hypercalls.class);
        assertThat(first.targetDomid()).isEqualTo(1);
        assertThat(plan.domains().get(0).vcpus().get(1).workload()).isInstanceOf(WorkloadSpec.Idle.class);
    }

    @Test
    void aHypercallsWorkloadOfAGuestIsOnItsFirstVcpuOnly() {
        HostPlan plan = host("vcpus = 1", "domains { a { xl = stubbed.cfg, workload = attack } }")
                .plan();

        assertThat(named(plan, "victim").vcpus().get(0).workload()).isInstanceOf(WorkloadSpec.Hypercalls.class);
        assertThat(named(plan, "victim").vcpus().get(1).workload()).isInstanceOf(WorkloadSpec.Idle.class);
    }

    @Test
    void drawnPhasesAreInRangeAndTheSameForTheSameSeed() {
        HostPlan plan = host("vcpus = 1", "domains {}").plan();
        HostPlan again = host("vcpus = 1", "domains {}").plan();

        assertThat(plan.accountingPhase()).isBetween(0L, 29_999_999L).isEqualTo(again.accountingPhase());
        assertThat(plan.timeAtStart()).isBetween(0L, 3_599_999_999_999L).isEqualTo(again.timeAtStart());
    }

    @Test
    void everyActorHasAnAddressOfItsOwn() {
        HostPlan plan = host("vcpus = 1", "cpu-pools { p1 { cpus = \"1\" } }, domains {}")
                .plan();

        assertThat(plan.poolAddress(0)).isEqualTo(2);
        assertThat(plan.cpuAddress(0)).isEqualTo(4);
        assertThat(plan.domainAddress(0)).isEqualTo(8);
    }

    /** NMIs come every half a second at the default clock, 2.4 GHz. */
    @Test
    void everyPcpuHasAWatchdogWithPhasesOfItsOwnUnlessTheyAreGiven() {
        TestHost host = host("vcpus = 1", "").set("hosts.h.xen.command-line=watchdog");
        List<WatchdogPlan.Phase> drawn = host.plan().watchdog().orElseThrow().phases();
        List<WatchdogPlan.Phase> again = host.plan().watchdog().orElseThrow().phases();
        List<WatchdogPlan.Phase> other =
                host.set("seed=2").plan().watchdog().orElseThrow().phases();
        List<WatchdogPlan.Phase> given = host.set("hosts.h.xen.watchdog-phase=250ms")
                .set("hosts.h.xen.nmi-phase=600ms")
                .plan()
                .watchdog()
                .orElseThrow()
                .phases();

        assertThat(drawn)
                .hasSize(4)
                .doesNotHaveDuplicates()
                .isEqualTo(again)
                .isNotEqualTo(other)
                .allSatisfy(phase -> assertThat(phase.firstBeat()).isBetween(0L, 999_999_999L))
                .allSatisfy(phase -> assertThat(phase.counted()).isBetween(0L, 499_999_999L));
        assertThat(given)
                .containsExactly(
                        new WatchdogPlan.Phase(250_000_000, 100_000_000),
                        new WatchdogPlan.Phase(250_000_001, 100_000_000),
                        new WatchdogPlan.Phase(250_000_002, 100_000_000),
                        new WatchdogPlan.Phase(250_000_003, 100_000_000));
    }

    @Test
    void withoutTheOptionThereIsNoWatchdog() {
        assertThat(host("vcpus = 1", "").plan().watchdog()).isEmpty();
    }
}
