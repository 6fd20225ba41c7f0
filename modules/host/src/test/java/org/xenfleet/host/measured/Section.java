package org.xenfleet.host.measured;

import java.nio.file.Path;
import java.util.List;

/**
 * One section of the page: what was measured together.
 *
 * @param text what the model was given, and how far the figures can be compared
 */
record Section(String title, String text, List<Row> rows) {
    static List<Section> all(Path folder, Results results) {
        return List.of(
                new Section("Who takes the p2m's lock on another pCPU", """
                        Boots *other*, 200,000 pages. Given: the length of every call. On 4.4.0 the waits are compared in time. Where nobody waits, both are
                        below the noise of a host with two threads, 2 ms. On 4.4.1 and e8b87 waits end with a slice; how many slices one lasts
                        is decided by a lock without a queue (see below), so only the kind is compared. For e8b87 the description gives the longest operation but not
                        the call, for which that of 4.4.1 is taken.
                        """, new LockTakers(folder).rows(results)),
                new Section("What is done to the attacker", """
                        Boots *stub*, 300,000 pages, the operation 20 ms after the call began. Given: the call's length when nobody interferes, and from 4.4.1
                        what tearing the domain down costs. The two that wait are compared in time, the others by the noise of 2 ms. The real destroydomain
                        returns EAGAIN then, which its caller has to repeat; here that is a continuation.
                        """, new Pauses(folder, results).rows()),
                new Section("The rest of the machine", """
                        Boots *plat0* and *plat1*, four pCPUs, the operation 20 ms after the call began. The call's length is known only by the wait of the first operation
                        on 4.4.0, which is therefore given; what others wait meanwhile is compared in time. Everything else is below the noise of four threads on two
                        cores, 30 ms. Given too: 30 ms for taking a pCPU out of use, as on 4.4.1 with no attack (36, 53 and 183 ms in the other boots).
                        The call of 4.4.1 is taken to be as long as that of 4.4.0. The debug key is not in the model.
                        """, new Platform(folder, results).rows()),
                new Section("Time-outs homed on the tied pCPU", """
                        The same boots. Given: the call ends with the late wake-up of 4.4.0, and that of 4.4.1 is as long. That the other vCPU, and both on 4.4.1, are in time is compared
                        by the noise of 30 ms.
                        """, new Polls(folder, results).rows()),
                new Section("Flushes", """
                        Boots *flush*, 50,000 pages. Given: what a page costs when the target has never run and when it runs. Compared in time: that this
                        is so again, and that it is over once the target is paused. How dear a flush is on hardware, the emulator cannot tell.
                        """, new Flushes(folder, results).rows()),
                new Section("The clock", """
                        Boots *warp*, of which time is a count of instructions: compared in time. Given: the call's length, and that it begins 209 ms (HPET: 205 ms)
                        after a calibration, which follows from the speed of the real clock. The figures are read from the `clock-damage` incidents of whole runs;
                        `MeasuredClockTest` compares every observed point with the rules alone. 4.4.0ct is 4.4.0 on a CPU with an invariant TSC.
                        """, new Clocks(folder, results).rows()),
                new Section("The NMI watchdog", """
                        Boot *watchdog*, two NMIs a second. When the panic comes depends on how NMIs and heartbeats stand to each other, which the measurement
                        does not show: compared in kind, between the earliest and the latest that the rule allows.
                        """, new Watchdogs(folder, results).rows()));
    }
}
