package org.xenfleet.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.xenfleet.xen.XenVersion;

class ShippedScenariosTest {
    private static final Path CONFIG = Path.of("../../config");

    private static LoadedScenario load(String name) throws ScenarioException {
        return ScenarioLoader.load(CONFIG.resolve(name), List.of(), OptionalLong.empty(), OptionalLong.empty());
    }

    @Test
    void theAttackScenarioHasElevenGuestsOnTheVulnerableRelease() throws ScenarioException {
        Scenario scenario = load("xsa-89.conf").scenario();
        HostSpec server = Folder.host(scenario);
        assertThat(scenario.seed()).isEqualTo(89);
        assertThat(scenario.durationNs()).isEqualTo(60_000_000_000L);
        assertThat(server.xen().version()).isEqualTo(XenVersion.V4_4_0);
        assertThat(server.xen().hasFix("xsa-89")).isFalse();
        assertThat(server.xen().commandLine()).isEqualTo("watchdog");
        assertThat(server.xen().watchdog().map(WatchdogSpec::timeoutS)).contains(5);
        assertThat(scenario.expectations()).extracting(Expectation::text).containsExactly("hosts.crashed == 1");
        assertThat(server.domains())
                .extracting(DomainSpec::name)
                .containsExactly(
                        "batch-0", "batch-1", "victim", "web-0", "web-1", "web-2", "web-3", "web-4", "web-5", "web-6",
                        "web-7");
        assertThat(server.domains().get(2).stubDomain()).isTrue();
        assertThat(server.domains().get(2).deviceModelWorkload()).isPresent();
    }

    @Test
    void theFixedScenarioDiffersInTheFixAndTheNameOnly() throws ScenarioException {
        Scenario attack = load("xsa-89.conf").scenario();
        Scenario fixed = load("xsa-89-fixed.conf").scenario();
        assertThat(fixed.name()).isEqualTo("xsa-89-fixed");
        assertThat(Folder.host(fixed).xen().hasFix("xsa-89")).isTrue();
        assertThat(Folder.host(fixed).xen().watchdog())
                .isEqualTo(Folder.host(attack).xen().watchdog());
        assertThat(Folder.host(fixed).domains()).isEqualTo(Folder.host(attack).domains());
    }

    @Test
    void whatIsNotModelledIsToldOncePerXlFile() throws ScenarioException {
        List<Notice> notices = load("xsa-89.conf").notices();
        assertThat(notices)
                .filteredOn(n -> n.message().contains("not modelled"))
                .hasSize(3);
        assertThat(notices).filteredOn(n -> n.message().contains("xl 4.17")).hasSize(1);
        assertThat(notices).hasSize(4);
    }

    @Test
    void theInputsAreTheTopFileAndEveryFileThatItNames() throws ScenarioException {
        assertThat(load("xsa-89-fixed.conf").inputs())
                .extracting(InputFile::path)
                .containsExactly(
                        "../../config/xsa-89-fixed.conf",
                        "../../config/xl/batch.cfg",
                        "../../config/xl/victim.cfg",
                        "../../config/xl/web.cfg",
                        "../../config/xsa-89.conf");
    }

    /** 24 guests of 2 vCPUs and 16 of one. */
    @Test
    void theFleetHas10000HostsOf40GuestsOfWhichEveryOtherIsFixed() throws ScenarioException {
        Scenario scenario = load("fleet-10k.conf").scenario();
        PoolSpec fleet = scenario.pools().values().iterator().next();
        HostSpec first = scenario.hostOf(fleet, 0);

        assertThat(fleet.hostNames()).hasSize(10_000).endsWith("fleet-624/15");
        assertThat(fleet.count()).isEqualTo(16);
        assertThat(fleet.channel().flatMap(ChannelSpec::heartbeat)).isPresent();
        assertThat(first.domains()).hasSize(40);
        assertThat(first.domains().stream().mapToInt(DomainSpec::vcpus).sum()).isEqualTo(64);
        assertThat(first.domains()).filteredOn(DomainSpec::stubDomain).hasSize(1);
        assertThat(first.xen().hasFix("xsa-89")).isFalse();
        assertThat(scenario.hostOf(fleet, 1).xen().hasFix("xsa-89")).isTrue();
        assertThat(scenario.hostOf(fleet, 2)).isSameAs(first);
    }

    @Test
    void thePoolsOfTheHeartbeatsDifferInTheFixOfOneHostOnly() throws ScenarioException {
        Scenario scenario = load("heartbeats.conf").scenario();
        PoolSpec after = scenario.pools().values().iterator().next();
        PoolSpec before = scenario.pools().values().stream().skip(1).iterator().next();

        assertThat(after.channel()).isEqualTo(before.channel()).isPresent();
        assertThat(scenario.hostOf(before, 0).xen().hasFix("xsa-89")).isFalse();
        assertThat(scenario.hostOf(after, 0).xen().hasFix("xsa-89")).isTrue();
        assertThat(scenario.hostOf(after, 0).domains())
                .isEqualTo(scenario.hostOf(before, 0).domains());
        assertThat(scenario.hostOf(after, 1)).isSameAs(scenario.hostOf(before, 1));
    }
}
