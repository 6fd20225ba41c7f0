package org.xenfleet.xen.sched.cases;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** One thing that is expected of a scene. Answers with what is wrong. */
interface Expectation {
    Optional<String> complaint(Outcome outcome, Scene scene);

    private static Optional<String> unless(boolean met, String complaint) {
        return met ? Optional.empty() : Optional.of(complaint);
    }

    /** In per cent of one pCPU, over the window. */
    record Share(String name, int vcpu, double percent, double tolerance) implements Expectation {
        @Override
        public Optional<String> complaint(Outcome outcome, Scene scene) {
            double share = outcome.share(vcpu, scene.from(), scene.to());
            return unless(
                    Math.abs(share - percent) <= tolerance,
                    "%s has %.2f %% instead of %s +- %s".formatted(name, share, percent, tolerance));
        }
    }

    /** The lengths of its runs in the window: each is one of these, and each of these occurs. */
    record Runs(String name, int vcpu, List<Range> lengths) implements Expectation {
        @Override
        public Optional<String> complaint(Outcome outcome, Scene scene) {
            List<Long> found = outcome.wholeRuns(vcpu, scene.from(), scene.to()).stream()
                    .map(Outcome.Span::length)
                    .distinct()
                    .sorted()
                    .toList();
            boolean met = found.stream().allMatch(f -> lengths.stream().anyMatch(l -> l.has(f)))
                    && lengths.stream().allMatch(l -> found.stream().anyMatch(l::has));
            return unless(
                    met,
                    name + " runs for "
                            + found.stream().map(Range::millis).distinct().toList() + " instead of " + lengths);
        }
    }

    /** The longest wait in the window, or the median of what it waited before each run in it. */
    record Wait(String name, int vcpu, boolean longest, Range range) implements Expectation {
        @Override
        public Optional<String> complaint(Outcome outcome, Scene scene) {
            long[] waits = outcome.waits(vcpu, scene.from(), scene.to());
            if (waits.length == 0) {
                return Optional.of(name + " begins no run in the window");
            }
            long found = longest ? outcome.longestWait(vcpu, scene.from(), scene.to()) : waits[waits.length / 2];
            return unless(range.has(found), name + " waits " + Range.millis(found) + " instead of " + range);
        }
    }

    /** In the window it runs on these pCPUs, and on each of them. */
    record On(String name, int vcpu, BitSet cpus) implements Expectation {
        @Override
        public Optional<String> complaint(Outcome outcome, Scene scene) {
            BitSet found = new BitSet();
            outcome.cpus(vcpu, scene.from(), scene.to()).forEach(found::set);
            return unless(found.equals(cpus), name + " runs on " + found + " instead of " + cpus);
        }
    }

    /** In the window it runs on one pCPU. */
    record Stays(String name, int vcpu) implements Expectation {
        @Override
        public Optional<String> complaint(Outcome outcome, Scene scene) {
            List<Integer> found = outcome.cpus(vcpu, scene.from(), scene.to());
            return unless(found.size() == 1, name + " runs on " + found + " instead of one");
        }
    }

    /** From the start on, the first run on another pCPU than the first one begins then and there. */
    record Move(String name, int vcpu, int cpu, long at) implements Expectation {
        @Override
        public Optional<String> complaint(Outcome outcome, Scene scene) {
            List<Outcome.Span> runs =
                    outcome.runs().stream().filter(r -> r.vcpu() == vcpu).toList();
            Optional<Outcome.Span> moved =
                    runs.stream().filter(r -> r.cpu() != runs.get(0).cpu()).findFirst();
            if (moved.isEmpty()) {
                return Optional.of("%s never moves, instead of to %d at %s".formatted(name, cpu, Range.millis(at)));
            }
            return unless(
                    moved.get().cpu() == cpu
                            && Range.exactly(at).has(moved.get().start()),
                    "%s moves to %d at %s instead of to %d at %s"
                            .formatted(
                                    name,
                                    moved.get().cpu(),
                                    Range.millis(moved.get().start()),
                                    cpu,
                                    Range.millis(at)));
        }
    }

    /** From the start on, what a pCPU does. */
    record Order(int cpu, List<Stretch> stretches) implements Expectation {
        private static final int IDLE = -1;

        /** A vCPU, or idle for -1. */
        record Stretch(String name, int vcpu, long length) {}

        @Override
        public Optional<String> complaint(Outcome outcome, Scene scene) {
            List<Outcome.Span> found = new ArrayList<>();
            long idleSince = 0;
            for (Outcome.Span run : outcome.runs()) {
                if (run.cpu() == cpu) {
                    if (run.start() > idleSince) {
                        found.add(new Outcome.Span(IDLE, cpu, idleSince, run.start(), 0));
                    }
                    found.add(run);
                    idleSince = run.end();
                }
            }
            if (idleSince < scene.to()) {
                found.add(new Outcome.Span(IDLE, cpu, idleSince, scene.to(), 0));
            }
            for (int i = 0; i < stretches.size(); i++) {
                Stretch expected = stretches.get(i);
                if (i >= found.size()
                        || found.get(i).vcpu() != expected.vcpu
                        || !Range.exactly(expected.length).has(found.get(i).length())) {
                    return Optional.of("cpu%d does %s, instead of %s in place %d"
                            .formatted(cpu, shown(found, scene, i + 1), expected, i + 1));
                }
            }
            return Optional.empty();
        }

        private static String shown(List<Outcome.Span> found, Scene scene, int limit) {
            return String.join(
                    ", ",
                    found.stream()
                            .limit(limit)
                            .map(s -> (s.vcpu() == IDLE
                                            ? "idle"
                                            : scene.vcpus().get(s.vcpu()).name()) + " " + Range.millis(s.length()))
                            .toList());
        }
    }
}
