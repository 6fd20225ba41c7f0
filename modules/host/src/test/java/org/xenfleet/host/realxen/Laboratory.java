package org.xenfleet.host.realxen;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.xenfleet.host.Recorder;
import org.xenfleet.host.TestHost;

/**
 * Runs experiments as scenarios. The costs are those of the machine that was measured, 2 ns an instruction and tracing on,
 * read off its traces: a wake-up to running 8.8 us, a run of 100 us of work 111.2 us, under credit2 118.1 us, a timer 1.8 us late, ticks 10.0029 ms
 * apart and accountings 30.0024 ms.
 */
final class Laboratory {
    private static final long MS = 1_000_000L;
    private static final long US = 1_000L;
    private static final long CREDIT_PASS = 8800;
    private static final long CREDIT2_PASS = 15_600;
    private static final long TIMER_LATENCY = 1800;
    private static final long CREDIT_TICK = 1100;
    private static final long CREDIT_ACCOUNTING = 600;
    private static final String COSTS = """
            costs {
              softirq-pass = %dns, context-switch = 2400ns, wake-idle-cpu = 1us
              timer-latency = %dns, credit-tick = %dns, credit-accounting = %dns
            }
            """;

    private final Path folder;
    private final Measurements measurements;

    Laboratory(Path folder, Measurements measurements) {
        this.folder = folder;
        this.measurements = measurements;
    }

    /** The figures of every guest and of dom0. */
    Map<String, Figures> run(Experiment experiment) {
        long from = experiment.settledMs() * MS;
        long to = from + measurements.windowNs(experiment);
        Recorder seen = host(experiment, from, to).run().seen();
        Map<String, Figures> figures = new LinkedHashMap<>();
        for (String domain : experiment.domains()) {
            figures.put(domain, Figures.of(seen, domain, from, to));
        }
        return figures;
    }

    private TestHost host(Experiment experiment, long from, long to) {
        Boot boot = experiment.boot();
        StringBuilder domains = new StringBuilder();
        StringBuilder workloads = new StringBuilder();
        int order = 1;
        for (Guest guest : experiment.guests()) {
            domains.append("%1$s { xl = %1$s.cfg, workload = %1$s, order = %2$d }\n".formatted(guest.name(), order++));
            workloads.append("%s { %s }\n".formatted(guest.name(), workload(guest, sliceBegin(experiment, from))));
        }
        TestHost host = TestHost.in(
                folder,
                "%dns".formatted(to + MS),
                """
                cpus = %d
                xen { version = "4.17.7", scheduler = credit, time-at-start = %dns, accounting-phase = %dns }
                dom0 { vcpus = 1, pin = true, workload = dom0 }
                %s
                domains { %s }
                """.formatted(
                                boot.cpus,
                                timeAtStart(experiment, from),
                                accountingPhase(experiment, from),
                                boot.pool.isEmpty()
                                        ? ""
                                        : "cpu-pools { p1 { cpus = \"%s\", scheduler = %s, %s } }"
                                                .formatted(
                                                        boot.pool,
                                                        experiment.isCredit2() ? "credit2" : "credit",
                                                        experiment.pool()),
                                domains),
                """
                workloads {
                  dom0 { kind = %s, period = %dns, burst = %dns }
                  %s
                }
                %s
                """.formatted(
                                boot == Boot.K ? "poisson" : "periodic",
                                measurements.dom0PeriodNs(experiment),
                                measurements.dom0RunNs(experiment),
                                workloads,
                                costs(experiment)));
        for (Guest guest : experiment.guests()) {
            host.xl(guest.name() + ".cfg", """
                    name = "%s"
                    kernel = "/boot/k.elf"
                    memory = 64
                    %s
                    %s
                    """.formatted(guest.name(), boot.xl, guest.xl()));
        }
        return host;
    }

    private static String costs(Experiment experiment) {
        long pass = experiment.isCredit2() ? CREDIT2_PASS : CREDIT_PASS;
        return COSTS.formatted(pass, TIMER_LATENCY, CREDIT_TICK, CREDIT_ACCOUNTING);
    }

    private static String workload(Guest guest, long begin) {
        if (!guest.sleeps()) {
            return guest.workload();
        }
        long period = guest.periodUs() * US;
        return guest.workload() + ", phase = %dns".formatted((begin + guest.phaseUs() * US) % period);
    }

    /**
     * Every tick comes a little later than a tick period after the last one, until the pCPU idles: counted back from the
     * first that is seen.
     */
    private static long timeAtStart(Experiment experiment, long from) {
        long tick = experiment.sliceMs() * 1000L / 3 * US;
        long period = experiment.idles() ? tick : tick + TIMER_LATENCY + CREDIT_TICK;
        long first = (sliceBegin(experiment, from) + experiment.phases().tick() * US) % period;
        return Math.floorMod(-first, tick);
    }

    private static long accountingPhase(Experiment experiment, long from) {
        long period = experiment.sliceMs() * MS + TIMER_LATENCY + CREDIT_ACCOUNTING;
        return (sliceBegin(experiment, from) + experiment.phases().accounting() * US) % period;
    }

    /** The last slice to begin before {@code from}, if the first began at 0 and each is late by the timer's latency. */
    private static long sliceBegin(Experiment experiment, long from) {
        long slice = experiment.sliceMs() * MS + TIMER_LATENCY;
        return from / slice * slice;
    }
}
