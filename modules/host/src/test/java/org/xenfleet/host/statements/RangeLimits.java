package org.xenfleet.host.statements;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.xenfleet.host.TestHost;

/**
 * Statement 4. A guest's highest gfn is the last page of its memory, 256 a MiB, or one at which it once had a page. dom0 makes
 * one call after the other: the last 16 pages are accepted, one page more, the page above and 2^32 - 1 pages are EINVAL (-22), and
 * so is no page, from 0 and from elsewhere. All ones as first page is 0 whatever the number, after the round trip of 300 ns and
 * without a page; so that 16 pages are all that is ever touched.
 */
final class RangeLimits implements Statement {
    private static final List<String> RELEASES = List.of(
            "4.1.0",
            "4.1.6.1",
            "4.2.4",
            "4.2.5",
            "4.3.2",
            "4.4.0",
            "4.4.1",
            "4.5-unstable@e8b87b57b4",
            "4.5.0",
            "4.17.7");
    private static final String DOM0 = "Domain-0";
    private static final long PAGES_PER_MIB = 256;
    private static final long NOT_RAISED = 0;

    private record Asked(String first, String pages, int errno) {
        static Asked of(long first, long pages, int errno) {
            return new Asked(Long.toString(first), Long.toString(pages), errno);
        }
    }

    @Override
    public int number() {
        return 4;
    }

    @Override
    public String says() {
        return "A range may end at the highest gfn, not above it (EINVAL); no page at all is EINVAL; all ones as first page returns"
                + " 0 at once and touches none, whatever the number of pages.";
    }

    @Override
    public List<Trial> trials() {
        List<Trial> trials = new ArrayList<>();
        for (int i = 0; i < RELEASES.size(); i++) {
            trials.add(trial(i, 256 + 128 * i, i % 3 == 2 ? 10_000_000 + i : NOT_RAISED));
        }
        return trials;
    }

    private static Trial trial(long release, long mib, long raised) {
        String name = RELEASES.get((int) release) + ", " + mib + " MiB";
        return new Trial(
                raised == NOT_RAISED ? name : name + ", raised to " + raised,
                Map.of("release", release, "mib", mib, "raised", raised));
    }

    @Override
    public Optional<Trial> draw(Random random) {
        long mib = 64 + random.nextInt(4_000);
        long raised = random.nextBoolean() ? NOT_RAISED : 2_000_000L + random.nextInt(1_000_000_000);
        return Optional.of(trial(random.nextInt(RELEASES.size()), mib, raised));
    }

    @Override
    public List<Figure> figures(Lab lab, Trial trial) {
        long raised = trial.get("raised");
        long max = raised == NOT_RAISED ? trial.get("mib") * PAGES_PER_MIB - 1 : raised;
        List<Asked> asked = List.of(
                Asked.of(max - 15, 16, 0),
                Asked.of(max - 15, 17, Walks.EINVAL),
                Asked.of(max + 1, 1, Walks.EINVAL),
                Asked.of(0, 0xFFFF_FFFFL, Walks.EINVAL),
                Asked.of(0, 0, Walks.EINVAL),
                Asked.of(7, 0, Walks.EINVAL),
                new Asked("all-ones", "0", 0),
                new Asked("all-ones", "1", 0),
                new Asked("all-ones", "4294967295", 0));
        TestHost.Outcome outcome = run(lab, trial, asked);
        List<Figure> figures = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            Asked call = asked.get(i);
            String what = call.pages() + " pages from " + call.first();
            figures.add(Figure.exactly(what, Walks.returned(outcome, DOM0, i), call.errno(), ""));
            if (call.first().equals("all-ones")) {
                figures.add(Figure.between(what + " take", Walks.length(outcome, DOM0, i) * 1e6, 300, 300, "ns"));
            }
        }
        figures.add(Figure.exactly("pages touched", Walks.pages(outcome), 16, ""));
        return figures;
    }

    private static TestHost.Outcome run(Lab lab, Trial trial, List<Asked> asked) {
        String version = RELEASES.get((int) trial.get("release"));
        long raised = trial.get("raised");
        return lab.run(
                "2s",
                """
                        cpus = 12, xen { version = "%s", scheduler = credit, time-at-start = 0ms }
                        dom0 { vcpus = %d, pin = true, workload = [%s] }
                        domains { victim { xl = victim.cfg, paused = true, mem-access-listener = true%s } }
                        """.formatted(
                        version,
                        asked.size(),
                        IntStream.range(0, asked.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", ")),
                        raised == NOT_RAISED ? "" : ", max-gfn = " + raised),
                IntStream.range(0, asked.size())
                        .mapToObj(i -> call(version, i, asked.get(i)))
                        .collect(Collectors.joining("\n", "workloads {\n", "\n}")),
                Map.of("victim.cfg", Walks.victim("victim", trial.get("mib"), 1, "")));
    }

    private static String call(String version, int number, Asked asked) {
        return ("c%d { kind = hypercalls, operation = %s, target = victim, access = r, first-pfn = %s, pages = %s"
                        + ", start = %dus, repeat = 1, vcpu = %d }")
                .formatted(
                        number, Walks.operation(version), asked.first(), asked.pages(), 100_500 * (number + 1), number);
    }

    @Override
    public String leftOut() {
        return "the highest gfn, raised to 2^36 - 1";
    }

    @Override
    public List<String> leaveOut() {
        return List.of("hosts.h.domains.victim.max-gfn=68719476735");
    }
}
