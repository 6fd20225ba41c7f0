package org.xenfleet.host.statements;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.xenfleet.host.Recorder;
import org.xenfleet.host.TestHost;

/**
 * Statement 6. A guest of one vCPU and M MiB, at most 1,024, has a pool of 256 + 2 M pages, of which 3 are taken by the tables
 * above and one by the page that it once had at 2^36 - 1: 252 + 2 M tables of 512 pages are left, M / 2 of them for its memory. A
 * call over 4,000,000 pages from 0 ends at page 512 (252 + 2 M), in a hole. Made again it ends there again, and takes 50 ns less
 * for each page of memory: the access n that the first gave them is still there, so that nothing is flushed (tables cost nothing
 * here). From 4.7 on it is 50 ns for each slice with pages of memory, of which there are a few: 65 ms of it at most.
 *
 * <p>In a second host the call begins above the memory and takes all tables for holes; a call over the memory then cannot split
 * its first superpage.
 */
final class PoolExhausted implements Statement {
    private record Release(String version, int hole, int split) {}

    private static final int ENOENT = -2;
    private static final int ENOMEM = -12;
    private static final List<Release> RELEASES = List.of(
            new Release("4.1.0", Walks.EINVAL, Walks.EINVAL),
            new Release("4.1.6.1", Walks.EINVAL, Walks.EINVAL),
            new Release("4.2.4", ENOMEM, ENOMEM),
            new Release("4.2.5", ENOMEM, ENOMEM),
            new Release("4.3.2", ENOMEM, ENOMEM),
            new Release("4.4.0", ENOMEM, ENOMEM),
            new Release("4.4.1", ENOMEM, ENOMEM),
            new Release("4.5.0", ENOENT, ENOMEM),
            new Release("4.7.0", ENOENT, ENOMEM),
            new Release("4.17.7", ENOENT, ENOMEM));
    private static final List<String> TELL_IN_STRUCT = List.of("4.2.5", "4.4.1");
    private static final List<String> ONE_A_SLICE = List.of("4.7.0", "4.17.7");
    private static final String STUB = "victim-dm";
    private static final long ASKED = 4_000_000;
    private static final long PAGES_PER_MIB = 256;

    @Override
    public int number() {
        return 6;
    }

    @Override
    public String says() {
        return "When the paging pool is empty the call ends with EINVAL in 4.1, ENOMEM in 4.2 to 4.4, from 4.5 on ENOENT in a hole and"
                + " ENOMEM at a superpage; what was done before remains done.";
    }

    @Override
    public List<Trial> trials() {
        List<Trial> trials = new ArrayList<>();
        for (int i = 0; i < RELEASES.size(); i++) {
            trials.add(trial(i, 128 + 64 * i));
        }
        return trials;
    }

    private static Trial trial(long release, long mib) {
        return new Trial(
                RELEASES.get((int) release).version() + ", " + mib + " MiB", Map.of("release", release, "mib", mib));
    }

    @Override
    public Optional<Trial> draw(Random random) {
        long mib = 64 + 2 * random.nextInt(480);
        return Optional.of(trial(random.nextInt(RELEASES.size()), mib));
    }

    @Override
    public List<Figure> figures(Lab lab, Trial trial) {
        Release release = RELEASES.get((int) trial.get("release"));
        long mib = trial.get("mib");
        long memory = mib * PAGES_PER_MIB;
        long possible = 512 * (252 + 2 * mib);
        TestHost.Outcome twice = run(lab, release, mib, 0, 2);
        TestHost.Outcome holes = run(lab, release, mib, memory, 1);
        Recorder.Call first = Walks.callsOf(twice, STUB).findFirst().orElseThrow();
        List<Figure> figures = new ArrayList<>(List.of(
                Figure.exactly("first try", Walks.returned(twice, STUB, 0), release.hole(), ""),
                Figure.exactly("second try", Walks.returned(twice, STUB, 1), release.hole(), ""),
                Figure.exactly("pages of both", Walks.pages(twice, STUB), 2 * possible, ""),
                ONE_A_SLICE.contains(release.version())
                        ? Figure.between("the second try is shorter by", shorter(twice), 50, 50 * 20, "ns")
                        : Figure.exactly("the second try is shorter by", shorter(twice), 50 * memory, "ns"),
                Figure.exactly("holes alone", Walks.returned(holes, STUB, 0), release.hole(), ""),
                Figure.exactly("pages of holes", Walks.pages(holes, STUB), possible, ""),
                Figure.exactly("then a superpage", Walks.returned(holes, "Domain-0", 0), release.split(), ""),
                Figure.exactly("the struct: where the range ends", first.first() + first.nr(), ASKED, "")));
        if (TELL_IN_STRUCT.contains(release.version())) {
            figures.add(Figure.between("the struct: start of the last slice", first.first(), 1, possible, ""));
        } else {
            figures.add(Figure.exactly("the struct: first page", first.first(), 0, ""));
        }
        return figures;
    }

    /** Of the time that the stub's pCPU spent in slices, by which nothing else than pages and flushes is counted. */
    private static long shorter(TestHost.Outcome outcome) {
        List<Recorder.Call> calls = Walks.callsOf(outcome, STUB).toList();
        return inSlices(outcome, calls.get(0)) - inSlices(outcome, calls.get(1));
    }

    private static long inSlices(TestHost.Outcome outcome, Recorder.Call call) {
        return outcome.seen().slices.stream()
                .filter(s -> s.start() >= call.issued() && s.end() <= call.end())
                .mapToLong(Recorder.Slice::length)
                .sum();
    }

    private static TestHost.Outcome run(Lab lab, Release release, long mib, long first, int repeat) {
        return lab.run(
                "8s",
                """
                        cpus = 2, xen { version = "%s", scheduler = credit }
                        dom0 { vcpus = 1, pin = true, workload = memory }
                        domains {
                          victim {
                            xl = victim.cfg, paused = true, mem-access-listener = true, max-gfn = 68719476735
                            device-model-workload = fill, device-model-cpus = "1"
                          }
                        }
                        """.formatted(release.version()),
                """
                        workloads {
                          fill {
                            kind = hypercalls, operation = %1$s, access = n, first-pfn = %2$d, pages = %3$d
                            start = 1s, repeat = %4$d, pause = 1s
                          }
                          memory { kind = hypercalls, operation = %1$s, access = r, pages = 512, target = victim, start = 6s, repeat = 1 }
                        }
                        costs { p2m-table = 0ns }
                        """.formatted(Walks.operation(release.version()), first, ASKED, repeat),
                Map.of("victim.cfg", Walks.victim("victim", mib, 1, "")));
    }

    @Override
    public String leftOut() {
        return "that the pool runs out, by calls of 1,000 pages";
    }

    @Override
    public List<String> leaveOut() {
        return List.of("workloads.fill.pages=1000");
    }
}
