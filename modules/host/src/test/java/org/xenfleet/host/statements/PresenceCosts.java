package org.xenfleet.host.statements;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.xenfleet.host.TestHost;

/**
 * Statement 24. The stub on pCPU 1 takes all access from the guest's pages, again and again; the guest's V vCPUs spin on pCPUs
 * 2 and up. A page costs 250 ns, and where its old leaf is present and a flush has somebody to reach 2,000 + 500 V ns more,
 * where not 50 ns. So the first pass takes 2,250 + 500 V ns a page (V = 1: 11 times as much as the second, which flushes
 * nothing); of a paused guest 300. From 4.7 on the first pass takes 250 ns a page and a flush a slice: with at most one slice a
 * millisecond less than half a per cent more.
 *
 * <p>The measured host is that of boots "flush": 50,000 pages, three times, whose access never keeps them from being present:
 * before the guest first runs, while it runs, and when it has been paused again, which brings the pCPU on which it ran to drop
 * its state. Pages and flushes cost what they cost there; what is compared is when there are any.
 */
final class PresenceCosts implements Statement {
    private static final List<String> RELEASES = List.of("4.1.6.1", "4.2.5", "4.4.0", "4.4.1", "4.5.0", "4.6.0");
    private static final int MEASURED = RELEASES.indexOf("4.4.0");
    private static final long BOOT_PAGES = 50_000;

    /** What a page took, in microseconds. */
    private record Boot(String version, double never, double running, double paused) {
        long pageNs() {
            return Math.round(never * 1_000);
        }

        long flushNs() {
            return Math.round(running * 1_000) - pageNs();
        }
    }

    private static final List<Boot> BOOTS =
            List.of(new Boot("4.4.0", 1.25, 28.6, 1.25), new Boot("4.4.1", 1.45, 27.4, 1.43));
    private static final List<String> LATER = List.of("4.7.0", "4.12.0", "4.17.7");

    @Override
    public int number() {
        return 24;
    }

    @Override
    public String says() {
        return "Up to 4.6 the first pass over a running guest pays a flush a page, and the second, which finds nothing present, is"
                + " at least 5 times as fast; over a paused guest both are cheap. From 4.7 on it is one flush a slice.";
    }

    @Override
    public List<Trial> trials() {
        return List.of(
                trial("4.4.0, 4.7.0, 1 vCPU and the measured host", 2, 0, 1, 200_000),
                trial("4.1.6.1, 4.12.0, 3 vCPUs", 0, 1, 3, 100_000),
                trial("4.6.0, 4.17.7, 6 vCPUs", 5, 2, 6, 50_000));
    }

    private static Trial trial(String name, long release, long later, long vcpus, long pages) {
        return new Trial(name, Map.of("release", release, "later", later, "vcpus", vcpus, "pages", pages));
    }

    @Override
    public Optional<Trial> draw(Random random) {
        int pages = 10_000 + random.nextInt(200_000);
        int vcpus = 1 + random.nextInt(8);
        int later = random.nextInt(LATER.size());
        int release = random.nextInt(RELEASES.size());
        String name = "%s, %s, %d vCPUs, %d pages".formatted(RELEASES.get(release), LATER.get(later), vcpus, pages);
        return Optional.of(trial(name, release, later, vcpus, pages));
    }

    @Override
    public List<Figure> figures(Lab lab, Trial trial) {
        double page = trial.get("pages") / Walks.MS;
        double flush = 2_000 + 500 * trial.get("vcpus");
        TestHost.Outcome running = run(lab, trial, RELEASES.get((int) trial.get("release")), false);
        TestHost.Outcome paused = run(lab, trial, RELEASES.get((int) trial.get("release")), true);
        TestHost.Outcome later = run(lab, trial, LATER.get((int) trial.get("later")), false);
        List<Figure> figures = new ArrayList<>(List.of(
                about("running, first pass", cpu(running, 0), (250 + flush) * page),
                about("running, second pass", cpu(running, 1), 250 * page),
                Figure.atLeast("running, first pass by second", cpu(running, 0) / cpu(running, 1), 5, ""),
                about("paused, first pass", cpu(paused, 0), 300 * page),
                about("paused, second pass", cpu(paused, 1), 250 * page),
                about("from 4.7 on, first pass", cpu(later, 0), 250 * page),
                about("from 4.7 on, second pass", cpu(later, 1), 250 * page)));
        if (trial.get("release") == MEASURED) {
            for (Boot boot : BOOTS) {
                TestHost.Outcome outcome = run(lab, boot);
                String aPage = boot.version() + ": a page ";
                figures.add(Figure.measured(
                        aPage + "before the guest first runs", perPage(outcome, 0), boot.never(), "us"));
                figures.add(Figure.measured(aPage + "while it runs", perPage(outcome, 1), boot.running(), "us"));
                figures.add(
                        Figure.measured(aPage + "when it is paused again", perPage(outcome, 2), boot.paused(), "us"));
            }
        }
        return figures;
    }

    /** The length of a call and its continuations: within half a per cent. */
    private static Figure about(String what, double value, double expected) {
        return Figure.between(what, value, expected, expected * 1.005, "ms");
    }

    /** The stub has its pCPU to itself, so that its call of that number takes what it costs. */
    private static double cpu(TestHost.Outcome outcome, int number) {
        return Walks.length(outcome, "victim-dm", number);
    }

    private static TestHost.Outcome run(Lab lab, Trial trial, String version, boolean paused) {
        long vcpus = trial.get("vcpus");
        return lab.run(
                "6s",
                """
                        cpus = %d, xen { version = "%s", scheduler = credit, time-at-start = 0ms }
                        dom0 { vcpus = 1, pin = true }
                        domains {
                          victim {
                            xl = victim.cfg, workload = busy, paused = %s, mem-access-listener = true
                            device-model-workload = attack, device-model-cpus = "1"
                          }
                        }
                        """.formatted(2 + vcpus, version, paused),
                """
                        workloads {
                          busy { kind = cpu }
                          attack { kind = hypercalls, operation = %s, access = n, pages = %d, start = 1s, repeat = 2 }
                        }
                        costs { p2m-table = 0ns }
                        """.formatted(Walks.operation(version), trial.get("pages")),
                Map.of("victim.cfg", Walks.victim("victim", 1_024, vcpus, "2-" + (1 + vcpus))));
    }

    private static double perPage(TestHost.Outcome outcome, int number) {
        return cpu(outcome, number) * 1_000 / BOOT_PAGES;
    }

    /** The calls begin at 1, some 2.6 and some 5.5 s; the guest runs from 2 to 5 s. */
    private static TestHost.Outcome run(Lab lab, Boot boot) {
        return lab.run(
                "7s",
                """
                        cpus = 4, xen { version = "%s", time-at-start = 0ms }
                        dom0 { vcpus = 2, pin = true, workload = [unpause, pause] }
                        domains {
                          victim {
                            xl = victim.cfg, workload = busy, paused = true
                            device-model-workload = attack, device-model-cpus = "2"
                          }
                        }
                        """.formatted(boot.version()),
                """
                        workloads {
                          busy { kind = cpu }
                          attack {
                            kind = hypercalls, operation = set_mem_access, access = r, pages = %d
                            start = 1s, repeat = 3, pause = 1500ms
                          }
                          unpause { kind = hypercalls, operation = unpausedomain, target = victim, start = 2s, repeat = 1, vcpu = 0 }
                          pause { kind = hypercalls, operation = pausedomain, target = victim, start = 5s, repeat = 1, vcpu = 1 }
                        }
                        costs { p2m-entry = %dns, flush-base = %dns, flush-per-cpu = 0ns, %s }
                        """.formatted(BOOT_PAGES, boot.pageNs(), boot.flushNs(), Walks.BARE),
                Map.of("victim.cfg", Walks.victim("victim", 512, 1, "3")));
    }

    @Override
    public String leftOut() {
        return "that the guest runs";
    }

    @Override
    public List<String> leaveOut() {
        return List.of("hosts.h.domains.victim.paused=true");
    }
}
