package org.xenfleet.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenfleet.xen.Mechanism;
import org.xenfleet.xen.time.ClockSource;

/** The keys of what makes an outage: mechanisms, Xen's clock, and what the kernel of dom0 notices. */
class OutageKeysTest {
    private static final long S = 1_000_000_000L;

    @TempDir
    Path temp;

    private Folder folder;

    @BeforeEach
    void makeFolder() {
        folder = new Folder(temp).scenario("");
    }

    private HostSpec host(String... settings) throws ScenarioException {
        return Folder.host(folder.load(settings).scenario());
    }

    @Test
    void allMechanismsActUnlessOneIsTurnedOff() throws ScenarioException {
        assertThat(host().xen().off()).isEmpty();
        XenSpec xen = host("hosts.h.xen.mechanisms={m8=off,m13=off,m9=on}").xen();

        assertThat(xen.off()).containsExactlyInAnyOrder(Mechanism.M8, Mechanism.M13);
        assertThat(xen.has(Mechanism.M8)).isFalse();
        assertThat(xen.has(Mechanism.M9)).isTrue();
    }

    @Test
    void everyMechanismHasAKey() throws ScenarioException {
        for (Mechanism mechanism : Mechanism.values()) {
            assertThat(host("hosts.h.xen.mechanisms." + mechanism.key() + "=off")
                            .xen()
                            .off())
                    .containsExactly(mechanism);
        }
    }

    @Test
    void xenGoesByAnHpetOf14318180HertzAndAnInvariantTsc() throws ScenarioException {
        assertThat(host().xen().clock()).isEqualTo(new ClockSpec(ClockSource.hpet(14_318_180), true));
    }

    @Test
    void theClockIsWhatTheScenarioSays() throws ScenarioException {
        assertThat(host("hosts.h.xen.hpet-frequency=100MHz", "hosts.h.xen.invariant-tsc=false")
                        .xen()
                        .clock())
                .isEqualTo(new ClockSpec(ClockSource.hpet(100_000_000), false));
        assertThat(host("hosts.h.xen.command-line=\"clocksource=acpi\"").xen().clock())
                .isEqualTo(new ClockSpec(ClockSource.ACPI, true));
        assertThat(host("hosts.h.xen.command-line=\"clocksource=acpi clocksource=hpet\"")
                        .xen()
                        .clock()
                        .source())
                .as("the last one counts")
                .isEqualTo(ClockSource.hpet(14_318_180));
    }

    @Test
    void anHpetThatXenDoesNotGoByIsTold() throws ScenarioException {
        assertThat(folder.notices("hosts.h.xen.hpet-frequency=25MHz", "hosts.h.xen.command-line=\"clocksource=acpi\""))
                .anySatisfy(n -> assertThat(n)
                        .endsWith(
                                "hosts.h.xen.hpet-frequency changes nothing: the command-line says clocksource=acpi"));
    }

    @Test
    void theKernelOfDom0NoticesAfterTheTimesOfLinux() throws ScenarioException {
        assertThat(host().dom0().kernel()).isEqualTo(new KernelSpec(20 * S, 21 * S, 120 * S, 30 * S));
        assertThat(host("hosts.h.dom0.detectors={soft-lockup=0s,rcu-stall=60s}")
                        .dom0()
                        .kernel())
                .as("0 is never")
                .isEqualTo(new KernelSpec(0, 60 * S, 120 * S, 30 * S));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    hosts.h.xen.mechanisms.m8=maybe   | hosts.h.xen.mechanisms.m8 = maybe is not known; it must be one of on, off
                    hosts.h.xen.mechanisms.m8=false   | hosts.h.xen.mechanisms.m8 is the boolean false; it must be one of on, off, for example m8 = on
                    hosts.h.xen.mechanisms.m21=off    | unknown key 'm21' in hosts.h.xen.mechanisms
                    hosts.h.xen.mechanisms.m=off      | unknown key 'm' in hosts.h.xen.mechanisms
                    hosts.h.xen.mechanisms=off        | hosts.h.xen.mechanisms is the text 'off'; it must be a block
                    hosts.h.xen.command-line="clocksource=pit" | hosts.h.xen.command-line has clocksource=pit, which is not simulated yet; possible are hpet, acpi
                    hosts.h.xen.command-line="clocksource=" | hosts.h.xen.command-line has clocksource=, which is not simulated yet; possible are hpet, acpi
                    hosts.h.xen.command-line="clocksorce=hpet" | did you mean 'clocksource'?
                    hosts.h.xen.hpet-frequency=0Hz    | hosts.h.xen.hpet-frequency = 0Hz is out of range
                    hosts.h.xen.hpet-frequency=14     | hosts.h.xen.hpet-frequency = 14 has no unit; write for example 14MHz
                    hosts.h.xen.invariant-tsc=maybe   | hosts.h.xen.invariant-tsc is the text 'maybe'; it must be a boolean, for example invariant-tsc = true
                    hosts.h.dom0.detectors.hung-tsk=9s | unknown key 'hung-tsk' in hosts.h.dom0.detectors; did you mean 'hung-task'?
                    hosts.h.dom0.detectors.rcu-stall=-1s | hosts.h.dom0.detectors.rcu-stall = -1s is out of range
                    hosts.h.dom0.detectors.io-timeout=30 | hosts.h.dom0.detectors.io-timeout = 30 has no unit
                    """)
    void isRefusedWithValueAndRemedy(String setting, String message) {
        assertThat(folder.problem(setting)).contains(message);
    }

    @Test
    void aProblemHasTheFileAndTheLineOfItsKey() {
        folder.scenario("""
                hosts.h.xen {
                  mechanisms { m1 = on
                    m2 = offf }
                }
                """);

        assertThat(folder.problem())
                .startsWith("s.conf:8:")
                .endsWith(": hosts.h.xen.mechanisms.m2 = offf is not known; it must be one of on, off; did you mean"
                        + " 'off'?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    reaction.host['a/0'].guest_time_lost_ns > 1s | reaction.host['a/0'].guest_time_lost_ns | >  | 1000000000
                    host['pool-a/12'].pcpu[0].spin_ns >= 5ms     | host['pool-a/12'].pcpu[0].spin_ns       | >= | 5000000
                    hosts.fenced == 1                            | hosts.fenced                            | == | 1
                    """)
    void anExpectationMayNameAHostInQuotes(String text, String path, String operator, long value)
            throws ScenarioException {
        folder.scenario("expect = [ \"" + text + "\" ]");
        List<Expectation> expected = folder.load().scenario().expectations();

        assertThat(expected).singleElement().satisfies(e -> {
            assertThat(e.text()).isEqualTo(text);
            assertThat(e.path()).isEqualTo(path);
            assertThat(e.operator()).isEqualTo(operator);
            assertThat(e.value()).isEqualByComparingTo(BigDecimal.valueOf(value));
        });
    }
}
