package org.xenfleet.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the xl files of a scenario say about its guests, and what is wrong with them on this host. */
class XlReferenceTest {
    private static final String STUB = Folder.XL + "device_model_stubdomain_override = 1\n";

    @TempDir
    Path temp;

    private Folder folder;

    @BeforeEach
    void makeFolder() {
        folder = new Folder(temp).scenario("");
    }

    private DomainSpec guest(String... settings) throws ScenarioException {
        return Folder.host(folder.load(settings).scenario()).domains().get(0);
    }

    private static BitSet cpus(int first, int last) {
        BitSet cpus = new BitSet();
        cpus.set(first, last + 1);
        return cpus;
    }

    @Test
    void aGuestIsWhatItsXlFileSays() throws ScenarioException {
        folder.file("xl/g.cfg", Folder.XL + "maxvcpus = 3\ncpus = [\"1\", \"2-3\"]\ncpu_weight = 512\ncap = 50\n");
        DomainSpec guest = guest();
        assertThat(guest.name()).isEqualTo("g");
        assertThat(guest.memoryMiB()).isEqualTo(1024);
        assertThat(guest.vcpus()).isEqualTo(2);
        assertThat(guest.maxVcpus()).isEqualTo(3);
        assertThat(guest.weight()).isEqualTo(512);
        assertThat(guest.cap()).isEqualTo(50);
        assertThat(guest.cpuPool()).isEqualTo("Pool-0");
        assertThat(guest.hardAffinity())
                .containsExactly(Optional.of(cpus(1, 1)), Optional.of(cpus(2, 3)), Optional.empty());
    }

    @Test
    void aStubDomainWithQemuXenIsRefusedAndWithoutAVersionIsTraditional() throws ScenarioException {
        folder.file("xl/g.cfg", STUB);
        assertThat(guest().stubDomain()).isTrue();
        folder.file("xl/g.cfg", STUB + "device_model_version = \"qemu-xen\"\n");
        assertThat(folder.problem())
                .isEqualTo("xl/g.cfg:6: device_model_version = qemu-xen in a stub domain is not possible on Xen 4.4;"
                        + " leave the key out or set it to \"qemu-xen-traditional\" (named at s.conf:4)");
    }

    @Test
    void aPvGuestHasNoDeviceModelToAttackFrom() {
        folder.file("xl/g.cfg", "name = \"g\"\ntype = \"pv\"\nkernel = \"/k\"\nmemory = 64\n");
        assertThat(folder.problem("hosts.h.domains.g.device-model-workload=idle"))
                .contains("device-model-workload needs an HVM guest, but")
                .contains("of type pv");
    }

    @Test
    void aCpuPoolThatTheHostLacksIsRefusedWithThoseItHas() throws ScenarioException {
        folder.file("xl/g.cfg", Folder.XL + "pool = \"fats\"\n");
        assertThat(folder.problem("hosts.h.cpu-pools.fast.cpus=\"4-7\""))
                .isEqualTo("xl/g.cfg:5: pool = fats names no CPU pool of the host h; known are Pool-0, fast; did you"
                        + " mean 'fast'? (named at s.conf:4)");
        folder.file("xl/g.cfg", Folder.XL + "pool = \"fast\"\n");
        assertThat(guest("hosts.h.cpu-pools.fast.cpus=\"4-7\"").cpuPool()).isEqualTo("fast");
    }

    @Test
    void anAffinityOutsideThePoolIsRefusedAndAllPcpusMeanAllOfThePool() throws ScenarioException {
        folder.file("xl/g.cfg", Folder.XL + "cpus = \"3-4\"\n");
        assertThat(folder.problem("hosts.h.cpu-pools.fast.cpus=\"4-7\""))
                .contains("xl/g.cfg:5: cpus pins vCPU 0 to pCPU 4, which is not in its pool Pool-0 (pCPUs 0-3)");
        folder.file("xl/g.cfg", Folder.XL + "cpus = \"all\"\n");
        assertThat(guest("hosts.h.cpu-pools.fast.cpus=\"4-7\"").hardAffinity())
                .containsExactly(Optional.empty(), Optional.empty());
    }

    @Test
    void anAffinityThatTheHostCannotGiveIsAProblemOfTheXlFile() {
        folder.file("xl/g.cfg", Folder.XL + "cpus = \"64\"\n");
        assertThat(folder.problem()).startsWith("xl/g.cfg:5: vcpu hard affinity map is empty");
    }

    @Test
    void stubDomainsCountThirtyTwoMebibytesEach() throws ScenarioException {
        folder.file("xl/g.cfg", STUB);
        String twoGuests = "hosts.h.domains.g.count=2";
        assertThat(Folder.host(folder.load(twoGuests, "hosts.h.memory=3136MiB").scenario())
                        .domains())
                .hasSize(2);
        assertThat(folder.problem(twoGuests, "hosts.h.memory=3135MiB"))
                .contains("dom0 1GiB + 2 guests 2048MiB + 2 stub domains 64MiB = 3136MiB");
    }

    @Test
    void twoGuestsOfOneNameAreRefusedAlsoWhenOneIsAStub() {
        folder.file("xl/b.cfg", Folder.XL);
        assertThat(folder.problem("hosts.h.domains.b.xl=\"xl/b.cfg\""))
                .contains("hosts.h.domains.g.xl makes a domain named 'g', but the entry b makes one too");
        folder.file("xl/g.cfg", STUB).file("xl/b.cfg", Folder.XL.replace("\"g\"", "\"g-dm\""));
        assertThat(folder.problem("hosts.h.domains.b.xl=\"xl/b.cfg\"")).contains("makes a domain named 'g-dm'");
        folder.file("xl/g.cfg", Folder.XL.replace("\"g\"", "\"Domain-0\""));
        assertThat(folder.problem()).contains("'Domain-0', but that is dom0's name");
    }

    @Test
    void anXlFileOutsideTheFolderIsRefused() throws IOException {
        assertThat(folder.problem("hosts.h.domains.g.xl=\"../g.cfg\""))
                .endsWith("the xl file '../g.cfg' is not below the scenario's folder; only files below it are read");
        assertThat(folder.problem("hosts.h.domains.g.xl=\"/etc/hostname\"")).contains("is not below the scenario's");
        Files.createSymbolicLink(temp.resolve("xl/link.cfg"), Path.of("/etc/hostname"));
        assertThat(folder.problem("hosts.h.domains.g.xl=\"xl/link.cfg\"")).contains("is a link to a place that is not");
        assertThat(folder.problem("hosts.h.domains.g.xl=xl"))
                .endsWith("the xl file 'xl' is a directory; a file is needed");
        assertThat(folder.problem("hosts.h.domains.g.xl=\"\"")).endsWith("the xl file has an empty name");
    }

    @Test
    void anXlFileOfMoreThanAMebibyteIsRefused() {
        folder.file("xl/g.cfg", "\n".repeat((1 << 20) + 1));
        assertThat(folder.problem()).isEqualTo("s.conf:4:17: the file 'xl/g.cfg' is longer than 1 MiB");
    }

    @Test
    void warningsAndSettingsThatAreNotModelledAreTold() throws ScenarioException {
        folder.file("xl/g.cfg", Folder.XL + "vnc = 1\nvif = [\"bridge=x\"]\ncap = \"much\"\n");
        assertThat(folder.notices())
                .contains("s.conf: xl files are read as xl 4.17 reads them, whatever Xen the host has")
                .anyMatch(n -> n.startsWith("xl/g.cfg:7: "))
                .contains("xl/g.cfg: these settings are not modelled: vif, vnc");
    }

    @Test
    void whatXlRefusesIsAProblemAlsoOfAKeyThatIsNotModelled() {
        folder.file("xl/g.cfg", Folder.XL + "disk = [\"/dev/vg/g,raw\"]\n");
        assertThat(folder.problem()).isEqualTo("xl/g.cfg:5: `disk` \"/dev/vg/g,raw\": no vdev");
        folder.file("xl/g.cfg", Folder.XL + "on_reboot = \"reboot\"\n");
        assertThat(folder.problem())
                .startsWith("xl/g.cfg:5: Unknown on_reboot \"reboot\". Known are destroy, restart,");
    }

    @Test
    void aVirtualNodeOnANodeThatTheHostLacksIsRefused() throws ScenarioException {
        folder.file("xl/g.cfg", Folder.XL + "vnuma = [[\"pnode=1\", \"size=1024\", \"vcpus=0-1\"]]\n");
        assertThat(folder.problem())
                .isEqualTo(
                        "xl/g.cfg:5: vnuma names NUMA node 1; the nodes of the host h are 0 to 0 (named at s.conf:4)");
        assertThat(guest("hosts.h.sockets=2").maxMemMiB()).isEqualTo(1024);
        assertThat(folder.notices("hosts.h.sockets=2")).contains("xl/g.cfg: these settings are not modelled: vnuma");
    }

    @Test
    void memoryThatWouldBePopulatedOnDemandIsTold() throws ScenarioException {
        folder.file("xl/g.cfg", Folder.XL + "maxmem = 2048\n");
        assertThat(guest().memoryMiB()).isEqualTo(1024);
        assertThat(folder.notices())
                .contains("xl/g.cfg:3: memory = 1024 is below maxmem = 2048: populating the rest on demand is not"
                        + " modelled, the guest has its memory and no more");
        folder.file("xl/g.cfg", "name = \"g\"\ntype = \"pv\"\nkernel = \"/k\"\nmemory = 64\nmaxmem = 96\n");
        assertThat(folder.notices()).noneMatch(n -> n.contains("on demand"));
    }

    @Test
    void deprecatedKeysWarnAsXlDoes() throws ScenarioException {
        folder.file("xl/g.cfg", Folder.XL + "device_model = \"/usr/lib/xen/bin/stubdom-dm\"\ntimer_mode = 2\n");
        assertThat(folder.notices())
                .anyMatch(n -> n.startsWith("xl/g.cfg:5: `device_model` is ignored;"))
                .anyMatch(n -> n.startsWith("xl/g.cfg:6: `timer_mode` as a number is deprecated;"));
    }
}
