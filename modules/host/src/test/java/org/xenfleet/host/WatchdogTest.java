package org.xenfleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenfleet.host.protocol.HostControl.Panic;
import org.xenfleet.observe.HostReport;
import org.xenfleet.observe.HostReport.Fate;
import org.xenfleet.observe.HostReport.Incident;

/**
 * Two pCPUs; the stub is pinned to pCPU 1 and at 10 s calls for a million pages at 8 us each: 8 s. The heartbeat of pCPU 1 is
 * due at 0.3 s (+ 1 ns) and then, with the slop of 4.4.0, at 1.30005, 2.3001, ... and fires 50 us later each time: the last
 * one before the call at 9.3005 s. When the run starts 0.1 s of the NMI's period have been counted.
 */
class WatchdogTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MS = 1_000_000L;
    private static final long US = 1_000L;

    @TempDir
    Path folder;

    private TestHost host(String version, String domains) {
        return TestHost.in(folder, "30s", """
                        cpus = 2, frequency = 2.4GHz
                        xen { version = "%s", scheduler = credit, command-line = "watchdog", time-at-start = 0ms
                              watchdog-phase = 300ms, nmi-phase = 100ms }
                        dom0 { vcpus = 1 }
                        domains { %s }
                        """.formatted(version, domains), """
                        workloads {
                          busy { kind = cpu }
                          attack { kind = hypercalls, operation = set_mem_access, access = n, pages = 1000000, start = 10s, repeat = 1 }
                        }
                        costs { p2m-entry = 8us, flush-idle = 0ns, p2m-table = 0ns, wake-idle-cpu = 0ns, timer-latency = 0ns }
                        """)
                .xl("neighbour.cfg", """
                        name = "neighbour"
                        kernel = "/boot/vmlinuz"
                        memory = 1024
                        cpus = "1"
                        """)
                .xl("victim.cfg", """
                        name = "victim"
                        type = "hvm"
                        memory = 4096
                        device_model_stubdomain_override = 1
                        """);
    }

    private static final String ATTACKED =
            "victim { xl = victim.cfg, paused = true, device-model-workload = attack, device-model-cpus = \"1\" }";
    private static final String BESIDE_A_NEIGHBOUR = "neighbour { xl = neighbour.cfg, workload = busy }, " + ATTACKED;

    private static List<Incident> ofKind(TestHost.Outcome outcome, String kind) {
        return outcome.report().incidents().stream()
                .filter(i -> i.kind().equals(kind))
                .toList();
    }

    private static void assertNoPanic(TestHost.Outcome outcome) {
        assertThat(outcome.report().downAtNs()).isEqualTo(-1);
        assertThat(outcome.report().fate()).isNotEqualTo(Fate.CRASHED);
        assertThat(ofKind(outcome, "watchdog-panic")).isEmpty();
        assertThat(ofKind(outcome, "host-reboot")).isEmpty();
    }

    /**
     * The neighbour keeps pCPU 1 from halting, so NMIs come with the time: at 1 Hz at 0.9, 1.9, ... s, at 2 Hz at 0.4, 0.9, ...
     * s. Those of 9.9 and 9.4 s see the last beat; 5 s later is the panic. At 3 Hz number k comes at k x 333,333,334 ns - 0.1 s:
     * number 29, at 9,566,666,686 ns, sees it, and number 29 + 15 comes at 14,566,666,696 ns.
     */
    @ParameterizedTest
    @CsvSource({"2GHz,14900000000", "2.4GHz,14400000000", "3.3GHz,14566666696"})
    void aCallOfEightSecondsPanics440AtTheNmiOfTheTimeOut(String frequency, long panic) {
        TestHost.Outcome outcome = host("4.4.0", BESIDE_A_NEIGHBOUR)
                .set("hosts.h.frequency=" + frequency)
                .run();

        assertThat(outcome.report().downAtNs()).isEqualTo(panic);
        assertThat(outcome.report().fate()).isEqualTo(Fate.CRASHED);
        assertThat(ofKind(outcome, "watchdog-panic"))
                .singleElement()
                .satisfies(i -> assertThat(i.timeNs()).isEqualTo(panic))
                .satisfies(i -> assertThat(i.subject()).isEqualTo("pcpu 1"))
                .satisfies(i -> assertThat(i.detail())
                        .isEqualTo("had been in set_mem_access of victim-dm since 10.000 s without serving a softirq"));
    }

    /** Without the neighbour the pCPU has been halted, so the first NMI comes 0.4 s into the call, and sees a beat. */
    @Test
    void whereThePcpuWasHaltedBeforeTheCallTheNmiWaitsForUnhaltedTime() {
        TestHost.Outcome outcome = host("4.4.0", ATTACKED).run();

        assertThat(outcome.report().downAtNs()).isBetween(15_400 * MS - 100 * US, 15_400 * MS + 100 * US);
    }

    @ParameterizedTest
    @CsvSource({"4.4.1,[]", "4.4.0,[xsa-89]"})
    void whereTheCallIsPreemptedNothingPanics(String version, String fixes) {
        TestHost.Outcome outcome = host(version, BESIDE_A_NEIGHBOUR)
                .set("hosts.h.xen.fixes=" + fixes)
                .run();

        assertNoPanic(outcome);
        assertThat(outcome.cpu(1).hypercallNs()).isGreaterThan(8 * SECOND);
        assertThat(outcome.call().returned()).containsOnlyKeys(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "watchdog=0",
                "watchdog=off",
                "no-watchdog",
                "watchdog_timeout=0",
                "watchdog watchdog_timeout=0",
                "watchdog watchdog=no",
                "watchdog_timeout=30",
                "watchdog watchdog_timeout=9"
            })
    void withoutAWatchdogOrWithAMorePatientOneTheCallEnds(String commandLine) {
        TestHost.Outcome outcome = host("4.4.0", BESIDE_A_NEIGHBOUR)
                .set("hosts.h.xen.command-line=\"" + commandLine + "\"")
                .run();

        assertNoPanic(outcome);
        assertThat(outcome.cpu(1).longestSliceNs()).isEqualTo(8 * SECOND);
        assertThat(outcome.call().returned()).containsOnlyKeys(0);
    }

    /** The NMI of 9.4 s sees the last beat before the call, and 7 s later the call still runs. */
    @Test
    void aTimeOutOfSevenSecondsIsShortEnough() {
        TestHost.Outcome outcome = host("4.4.0", BESIDE_A_NEIGHBOUR)
                .set("hosts.h.xen.command-line=\"watchdog_timeout=7\"")
                .run();

        assertThat(outcome.report().downAtNs()).isEqualTo(16_400 * MS);
    }

    @Test
    void callsOfThreeAndAHalfSecondsOneAfterTheOtherNeverTripIt() {
        TestHost.Outcome outcome = backToBack().set("duration=300s").run();

        assertNoPanic(outcome);
        assertThat(outcome.seen().slices)
                .hasSizeGreaterThan(80)
                .allSatisfy(slice -> assertThat(slice.length()).isEqualTo(3_500 * MS));
        // nearly all of the time: between two calls the softirqs run once
        assertThat(outcome.cpu(1).hypercallNs()).isGreaterThan(289 * SECOND);
    }

    /**
     * The NMI of 9.4 s sees the last beat before the first call, and 2 s of unhalted time later the call still runs; pCPU 1 is
     * halted for the millisecond or so between neighbour and call.
     */
    @Test
    void aTimeOutOfTwoSecondsPanicsOnCallsOfThreeAndAHalf() {
        TestHost.Outcome outcome = backToBack()
                .set("hosts.h.xen.command-line=\"watchdog watchdog_timeout=2\"")
                .run();

        assertThat(outcome.report().downAtNs()).isBetween(11_400 * MS, 11_402 * MS);
    }

    /** The neighbour makes NMIs come with the time, but leaves the pCPU before the calls, so that none comes between them. */
    private TestHost backToBack() {
        return host("4.4.0", "neighbour { xl = neighbour.cfg, workload = once }, " + ATTACKED)
                .set("workloads.once={ kind = periodic, burst = 9999ms, period = 1000s, phase = 0ms }")
                .set("workloads.attack.pages=437500")
                .set("workloads.attack.repeat=forever");
    }

    /**
     * The victim's vCPU runs on pCPU 2 without ever halting, trips at 10 s over a page that the call has taken away, and spins
     * for the lock that the call holds. pCPU 2 then panics as pCPU 1 did above, at 14.4 s, while pCPU 1, halted before the
     * call, would do so only at 15.4 s.
     */
    @Test
    void aPcpuThatOnlySpinsForTheP2mLockPanicsTheHostByItself() {
        TestHost.Outcome outcome = spinning().run();

        assertThat(outcome.report().downAtNs()).isEqualTo(14_400 * MS);
        assertThat(ofKind(outcome, "watchdog-panic"))
                .singleElement()
                .satisfies(i -> assertThat(i.subject()).isEqualTo("pcpu 2"))
                .satisfies(i -> assertThat(i.detail())
                        .matches(
                                "had waited in a page fault of victim for the p2m lock of victim since 10\\.00\\d s without"
                                        + " serving a softirq"));
        assertThat(outcome.cpu(2).spinNs()).isBetween(4_390 * MS, 4_400 * MS);
    }

    /** The same with a call of 4.2 s, which hands the lock over 0.2 s before the NMI of 14.4 s. */
    @Test
    void aPcpuThatGetsTheLockBeforeTheNmiOfTheTimeOutGoesOn() {
        TestHost.Outcome outcome =
                spinning().set("workloads.attack.pages=525000").run();

        assertNoPanic(outcome);
        assertThat(outcome.cpu(2).spinNs()).isBetween(4_190 * MS, 4_200 * MS);
        assertThat(outcome.call().returned()).containsOnlyKeys(0);
    }

    private TestHost spinning() {
        return host(
                        "4.4.0",
                        "victim { xl = running.cfg, workload = touching, device-model-workload = attack,"
                                + " device-model-cpus = \"1\" }")
                .set("hosts.h.cpus=3")
                .set("workloads.touching={ kind = cpu, working-set = 1MiB, touch-interval = 20us }")
                .set("costs.flush-base=0ns")
                .set("costs.flush-per-cpu=0ns")
                .xl("running.cfg", """
                        name = "victim"
                        type = "hvm"
                        memory = 4096
                        cpus = "2"
                        device_model_stubdomain_override = 1
                        """);
    }

    @Test
    void atThePanicEveryDomainIsLostAndNothingHappensAnyMore() {
        long panic = 14_400 * MS;
        long[] lastDelivery = new long[1];
        TestHost.Outcome outcome = host("4.4.0", BESIDE_A_NEIGHBOUR)
                .set("hosts.h.domains.other={ xl = other.cfg, workload = often }")
                .set("workloads.often={ kind = poisson, burst = 1ms, period = 5ms }")
                .xl("other.cfg", "name = \"other\"\nkernel = \"/k\"\nmemory = 64\ncpus = \"0\"\n")
                .run(simulation -> simulation.listen((number, time, from, to, message) -> {
                    boolean reporting =
                            message.getClass().getSimpleName().equals("Finish") || from >= 0 && time >= 30 * SECOND;
                    lastDelivery[0] = reporting ? lastDelivery[0] : time;
                }));

        assertThat(outcome.report().downAtNs()).isEqualTo(panic);
        assertThat(lastDelivery[0]).isEqualTo(panic);
        assertThat(outcome.report().simulatedNs()).isEqualTo(30 * SECOND);
        assertThat(outcome.report().epochDigests()).hasSize(30);
        assertThat(outcome.report().domains())
                .filteredOn(d -> !d.name().equals("victim"))
                .hasSize(4)
                .allSatisfy(d -> assertThat(d.observedNs()).as(d.name()).isEqualTo(30 * SECOND))
                .allSatisfy(d -> assertThat(d.availableNs()).as(d.name()).isLessThanOrEqualTo(panic))
                .anySatisfy(d -> assertThat(d.name()).isEqualTo("Domain-0"));
        assertThat(outcome.domain("Domain-0").availableNs()).isEqualTo(panic);
        assertThat(outcome.domain("other").availableNs()).isEqualTo(panic);
        // queued behind the call from 10 s on; its tolerance of a second ends at 11 s
        assertThat(outcome.domain("neighbour").availableNs()).isBetween(11 * SECOND, 11 * SECOND + MS);
        assertThat(outcome.report().pcpus())
                .allSatisfy(
                        cpu -> assertThat(cpu.guestNs() + cpu.hypercallNs() + cpu.spinNs() + cpu.xenNs() + cpu.idleNs())
                                .isEqualTo(panic));
        assertThat(outcome.call().unfinished()).isEqualTo(1);
        assertThat(outcome.call().returned()).isEmpty();
        // 4.4 s of pages of 8 us, less the way into the call
        assertThat(outcome.call().iterations()).isBetween(549_980L, 550_000L);
        assertThat(outcome.seen().runs).allSatisfy(r -> assertThat(r.end()).isLessThanOrEqualTo(panic));
        assertThat(outcome.seen().waits).allSatisfy(w -> assertThat(w.end()).isLessThanOrEqualTo(panic));
        assertThat(outcome.seen().stalls).allSatisfy(s -> assertThat(s.end()).isLessThanOrEqualTo(panic));
    }

    @Test
    void xenRebootsFiveSecondsAfterThePanic() {
        TestHost.Outcome outcome = host("4.4.0", BESIDE_A_NEIGHBOUR).run();

        assertThat(ofKind(outcome, "host-reboot"))
                .singleElement()
                .satisfies(i -> assertThat(i.timeNs()).isEqualTo(19_400 * MS));
    }

    @Test
    void aRunThatEndsBeforeTheRebootDoesNotTellOfIt() {
        TestHost.Outcome outcome =
                host("4.4.0", BESIDE_A_NEIGHBOUR).set("duration=19s").run();

        assertThat(outcome.report().downAtNs()).isEqualTo(14_400 * MS);
        assertThat(ofKind(outcome, "host-reboot")).isEmpty();
    }

    @Test
    void withNorebootItHaltsForEver() {
        TestHost.Outcome outcome = host("4.4.0", BESIDE_A_NEIGHBOUR)
                .set("hosts.h.xen.command-line=\"watchdog noreboot\"")
                .run();

        assertThat(outcome.report().downAtNs()).isEqualTo(14_400 * MS);
        assertThat(ofKind(outcome, "host-reboot")).isEmpty();
        assertThat(ofKind(outcome, "watchdog-panic").get(0).detail()).endsWith("; noreboot: Xen halts for ever");
    }

    /**
     * On 4.4.1 the heartbeat of pCPU 1 is due at 10.303 s + 1 ns, between two ticks. A page takes 8 us, and the way out of the
     * call 150 ns; the timer is then set anew for a second later.
     */
    @Test
    void theHeartbeatCutsAPreemptibleCallOffLikeAnyTimerOfThePcpu() {
        TestHost attacked = host("4.4.1", ATTACKED).set("hosts.h.xen.watchdog-phase=303ms");
        TestHost.Outcome watched = attacked.run();
        TestHost.Outcome unwatched =
                attacked.set("hosts.h.xen.command-line=\"\"").run();

        long beat = 10_303 * MS + 1;
        for (int i = 0; i < 7; i++) {
            List<Long> cut = cutAt(watched, beat);
            assertThat(cut).as("cut by the beat of %d", beat).hasSize(1);
            assertThat(cutAt(unwatched, beat)).isEmpty();
            beat = cut.get(0) + 150 + SECOND;
        }
    }

    /**
     * pCPU 1 is poked at 10.5 s and takes 203 ms to wake. The beat due at 10.603 s is served at 10.703 s, so the next one, in
     * the call, comes at 11.703 s.
     */
    @Test
    void aBeatThatIsDueWhileThePcpuWakesUpIsServedWhenItIsAwake() {
        TestHost.Outcome outcome = host("4.4.1", ATTACKED)
                .set("hosts.h.xen.watchdog-phase=603ms")
                .set("workloads.attack.start=10500ms")
                .set("costs.wake-idle-cpu=203ms")
                .set("costs.softirq-pass=0ns")
                .set("costs.context-switch=0ns")
                .run();

        assertThat(outcome.seen().slices.get(0).start()).isBetween(10_703 * MS, 10_703 * MS + US);
        assertThat(cutAt(outcome, 11_703 * MS)).hasSize(1);
        assertThat(cutAt(outcome, 11_603 * MS)).isEmpty();
    }

    private static List<Long> cutAt(TestHost.Outcome outcome, long beat) {
        return outcome.seen().slices.stream()
                .map(Recorder.Slice::end)
                .filter(end -> end >= beat && end < beat + 8 * US)
                .toList();
    }

    /** pCPU 0 idles but for dom0's boot, pCPU 1 runs a guest that never calls. */
    @Test
    void wherePcpusIdleOrRunGuestsForLongItNeverPanicsAndCostsNoMessage() {
        TestHost calm = host("4.4.0", "neighbour { xl = neighbour.cfg, workload = busy }")
                .set("duration=600s");
        TestHost.Outcome watched = calm.run();
        TestHost.Outcome unwatched = calm.set("hosts.h.xen.command-line=\"\"").run();

        assertNoPanic(watched);
        assertThat(watched.cpu(0).idleNs()).isGreaterThan(599 * SECOND);
        assertThat(watched.cpu(1).guestNs()).isGreaterThan(599 * SECOND);
        assertThat(watched.report().events()).isEqualTo(unwatched.report().events());
    }

    /** Softirqs that take two seconds themselves: the pCPU is not in a guest, and does not serve the next one. */
    @Test
    void aPassOverTheSoftirqsThatTakesTooLongPanicsToo() {
        TestHost.Outcome outcome = host("4.4.0", BESIDE_A_NEIGHBOUR)
                .set("hosts.h.xen.command-line=\"watchdog_timeout=2\"")
                .set("costs.softirq-pass=1s")
                .set("costs.context-switch=1s")
                .run();

        assertThat(outcome.report().fate()).isEqualTo(Fate.CRASHED);
        assertThat(ofKind(outcome, "watchdog-panic").get(0).detail())
                .isEqualTo("had been in its softirqs for too long");
    }

    /**
     * Random clocks, phases, neighbours, schedules of calls. The upper bound is a time-out and one NMI; the lower one a second
     * less than the time-out, and with the slop of 4.4.0 50 us less, because heartbeats are that much more than a second apart.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24})
    void onRandomHostsThePanicComesFourToSixSecondsAfterTheCallBegan(int seed) {
        Panic[] panic = new Panic[1];
        TestHost.Outcome outcome = host("4.4.0", seed % 2 == 0 ? BESIDE_A_NEIGHBOUR : ATTACKED)
                .set("seed=" + seed)
                .set("hosts.h.frequency=" + (1_500 + 83 * seed) + "MHz")
                .set("hosts.h.xen.watchdog-phase=random")
                .set("hosts.h.xen.nmi-phase=random")
                .set("hosts.h.xen.time-at-start=random")
                .set("workloads.attack.start=" + (3_000 + 271 * seed) + "ms")
                .run(simulation -> simulation.listen((number, time, from, to, message) -> {
                    if (message instanceof Panic p) {
                        panic[0] = p;
                    }
                }));

        assertThat(outcome.report().fate()).as("seed %d", seed).isEqualTo(Fate.CRASHED);
        assertThat(panic[0].since()).isGreaterThanOrEqualTo((3_000 + 271 * seed) * MS);
        long period = SECOND / Math.max(1, (1_500_000 + 83_000 * seed) >> 20);
        assertThat(outcome.report().downAtNs() - panic[0].since())
                .as("seed %d", seed)
                .isBetween(4 * SECOND - 60 * US, 5 * SECOND + period + 60 * US);
    }

    @Test
    void aHostThatGoesOnFromASnapshotBeforeOrAfterThePanicEndsWithTheSameReport() {
        TestHost host = host("4.4.0", BESIDE_A_NEIGHBOUR);
        HostReport undisturbed = host.run().report();
        for (long at : new long[] {9 * SECOND, 11 * SECOND, 14 * SECOND, 15 * SECOND, 29 * SECOND}) {
            var snapshot = host.with((simulation, seen) -> {
                simulation.boot();
                simulation.advance(at, Long.MAX_VALUE);
                return simulation.snapshot();
            });
            HostReport resumed = host.with((simulation, seen) -> {
                simulation.restore(snapshot);
                assertThat(simulation.snapshot().firstDifference(snapshot)).isEqualTo(-1);
                simulation.advance(30 * SECOND, Long.MAX_VALUE);
                return simulation.finish();
            });
            assertThat(resumed).as("from %d", at).isEqualTo(undisturbed);
        }
    }
}
