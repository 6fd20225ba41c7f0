package org.xenfleet.host;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The host of boot S1: two pCPUs, dom0 alone on pCPU 0, the guests of one vCPU each in a pool of exactly pCPU 1. A guest
 * makes its calls from 207 ms on. 2 ns an instruction: an empty hypercall is 333, a pass over the softirqs some 1,000, one that
 * switches 3,000. In the trace a tick comes every 10,002.9 us beside the spinner, an accounting every 30,002.0 us.
 */
final class ContinuationHost {
    /** Where ticks, accountings and the sleeper's wake-ups stand when the run begins, in microseconds. */
    record Phases(long timeAtStart, long accounting, long sleeper) {}

    /**
     * The calls of one operation in some runs.
     *
     * @param entries of each call that returned
     * @param slices CPU time of each of those entries, sorted, in us
     */
    record Calls(List<Integer> entries, List<Double> slices) {
        static Calls none() {
            return new Calls(new ArrayList<>(), new ArrayList<>());
        }

        void add(Calls more) {
            entries.addAll(more.entries);
            slices.addAll(more.slices);
            Collections.sort(slices);
        }

        double meanEntries() {
            return (double) slices.size() / entries.size();
        }

        double cpu() {
            return sum() / entries.size();
        }

        double meanSlice() {
            return sum() / slices.size();
        }

        double medianSlice() {
            return slices.get(slices.size() / 2);
        }

        double cuts() {
            return slices.size() - entries.size();
        }

        double sum() {
            return slices.stream().mapToDouble(s -> s).sum();
        }
    }

    private ContinuationHost() {}

    /**
     * @param guest as {@link MeasuredCalls} has it: mem4k gives 65,536 pages back and takes as many, with some 4 ms of its own
     *     work before the next 50 ms pause; mmu's and multi's entries are as many as make up the measured CPU time
     */
    static TestHost of(Path folder, String guest, boolean spinner, boolean sleeper, String duration, Phases phases) {
        String calls = switch (guest) {
            case "mem4k" -> "[decrease_reservation, populate_physmap], count = 65536, pause = 54ms";
            case "mmu" -> "mmu_update, count = 60170, pause = 50ms";
            case "multi" -> "multicall, calls = xen_version, count = 39980, pause = 251240us";
            default -> throw new IllegalArgumentException(guest);
        };
        return TestHost.in(
                        folder,
                        duration,
                        """
                        cpus = 2
                        xen { version = "4.17.7", scheduler = credit, time-at-start = %dus, accounting-phase = %dus }
                        dom0 { vcpus = 1, memory = 384MiB, pin = true, workload = idle }
                        cpu-pools { p1 { cpus = "1" } }
                        domains {
                          %s
                          %s
                          caller { xl = caller.cfg, workload = calls, order = 3 }
                        }
                        """.formatted(
                                        phases.timeAtStart(),
                                        phases.accounting(),
                                        spinner ? "s { xl = s.cfg, workload = spin, order = 1 }" : "",
                                        sleeper ? "w { xl = w.cfg, workload = sleep, order = 2 }" : ""),
                        """
                        workloads {
                          %s
                          %s
                          calls { kind = hypercalls, start = 207ms, operation = %s }
                        }
                        costs {
                          decrease-reservation = 1680ns, populate-physmap = 2240ns, mmu-update = 362ns
                          hypercall-pv = 666ns, softirq-pass = 2us, context-switch = 4us
                          timer-latency = 1us, credit-tick = 1900ns, credit-accounting = 1us
                        }
                        """.formatted(
                                        spinner ? "spin { kind = cpu }" : "",
                                        sleeper
                                                ? "sleep { kind = periodic, period = 10ms, burst = 100us, phase = %dus }"
                                                        .formatted(phases.sleeper())
                                                : "",
                                        calls))
                .xl("s.cfg", xl("s", 64))
                .xl("w.cfg", xl("w", 64))
                .xl("caller.cfg", xl("caller", 384));
    }

    private static String xl(String name, int memory) {
        return """
                name = "%s"
                kernel = "/boot/k.elf"
                memory = %d
                pool = "p1"
                cpus = "1"
                """.formatted(name, memory);
    }

    /** Of {@code each} operations that the caller performs in turn, the calls of the one at {@code index}. */
    static Calls callsOf(TestHost.Outcome outcome, int index, int each) {
        Calls calls = Calls.none();
        List<Recorder.Call> all = outcome.seen().calls;
        for (int i = index; i < all.size(); i += each) {
            Recorder.Call call = all.get(i);
            List<Double> slices = outcome.seen().slices.stream()
                    .filter(s -> s.start() >= call.issued() && s.end() <= call.end())
                    .map(s -> s.length() / 1e3)
                    .toList();
            calls.entries().add(slices.size());
            calls.slices().addAll(slices);
        }
        Collections.sort(calls.slices());
        return calls;
    }
}
