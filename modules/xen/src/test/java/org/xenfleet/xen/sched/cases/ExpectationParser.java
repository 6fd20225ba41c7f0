package org.xenfleet.xen.sched.cases;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the second line of a case; docs/scheduler-cases.md explains it. */
final class ExpectationParser {
    private static final Pattern CLAUSE = Pattern.compile("(?<who>[a-z]\\w*) (?<what>.+)");
    private static final Pattern SHARE =
            Pattern.compile("(?<share>\\d+(\\.\\d+)?)(\\+-(?<tolerance>\\d+(\\.\\d+)?))?%");
    private static final Pattern WAIT = Pattern.compile("(?<which>waits|median wait) (?<range>\\S+)");
    private static final Pattern MOVE = Pattern.compile("moves to (?<cpu>\\d+) at (?<time>\\S+)");
    private static final Pattern ORDER = Pattern.compile("cpu(?<cpu>\\d+): (?<runs>.+)");

    private static final double USUAL_TOLERANCE = 1;

    private final List<Scene.Vcpu> vcpus;

    private ExpectationParser(List<Scene.Vcpu> vcpus) {
        this.vcpus = vcpus;
    }

    /** One for each clause and vCPU it speaks of. */
    static List<Expectation> parse(String line, Scene scene) {
        if (!line.strip().startsWith("=>")) {
            throw new NotationException(
                    "below the scene stands what is expected, after =>, not '" + line.strip() + "'");
        }
        ExpectationParser parser = new ExpectationParser(scene.vcpus());
        List<Expectation> all = new ArrayList<>();
        for (String clause : line.strip().substring(2).split(";", -1)) {
            all.addAll(parser.clause(clause.strip(), scene));
        }
        return all;
    }

    private List<Expectation> clause(String clause, Scene scene) {
        Matcher order = ORDER.matcher(clause);
        if (order.matches()) {
            return List.of(order(scene, order));
        }
        Matcher m = CLAUSE.matcher(clause);
        if (!m.matches()) {
            throw unknown(clause);
        }
        List<Expectation> each = new ArrayList<>();
        for (int vcpu : named(m.group("who"))) {
            each.add(of(vcpu, m.group("what"), clause));
        }
        return each;
    }

    private Expectation of(int vcpu, String what, String clause) {
        String name = vcpus.get(vcpu).name();
        Matcher m = SHARE.matcher(what);
        if (m.matches()) {
            double tolerance =
                    m.group("tolerance") == null ? USUAL_TOLERANCE : Double.parseDouble(m.group("tolerance"));
            return new Expectation.Share(name, vcpu, Double.parseDouble(m.group("share")), tolerance);
        }
        m = WAIT.matcher(what);
        if (m.matches()) {
            return new Expectation.Wait(name, vcpu, m.group("which").equals("waits"), range(m.group("range")));
        }
        m = MOVE.matcher(what);
        if (m.matches()) {
            int cpu = Integer.parseInt(m.group("cpu"));
            return new Expectation.Move(name, vcpu, cpu, Quantities.time(m.group("time")));
        }
        if (what.startsWith("runs ")) {
            List<Range> lengths = Arrays.stream(what.substring("runs ".length()).split(" ", -1))
                    .map(ExpectationParser::range)
                    .toList();
            return new Expectation.Runs(name, vcpu, lengths);
        }
        if (what.startsWith("on ")) {
            return new Expectation.On(name, vcpu, Quantities.cpus(what.substring("on ".length())));
        }
        if (what.equals("stays")) {
            return new Expectation.Stays(name, vcpu);
        }
        throw unknown(clause);
    }

    private static NotationException unknown(String clause) {
        return new NotationException("expected is 'a 50%', 'a runs 30ms', 'a waits 1ms', 'a median wait 1ms', 'a on 0',"
                + " 'a stays', 'a moves to 1 at 20ms' or 'cpu0: a 30ms, idle 5ms', not '" + clause + "'");
    }

    /** {@code 3ms}, or {@code 2ms..3ms}. */
    private static Range range(String text) {
        String[] ends = text.split("\\.\\.", -1);
        if (ends.length > 2) {
            throw new NotationException("a range is as 2ms..3ms, not '" + text + "'");
        }
        return new Range(Quantities.time(ends[0]), Quantities.time(ends[ends.length - 1]));
    }

    private Expectation order(Scene scene, Matcher m) {
        int cpu = Integer.parseInt(m.group("cpu"));
        if (!scene.pool().get(cpu)) {
            throw new NotationException("pCPU " + cpu + " is not in the pool " + scene.pool());
        }
        List<Expectation.Order.Stretch> stretches = new ArrayList<>();
        for (String stretch : m.group("runs").split(",", -1)) {
            String[] parts = stretch.strip().split(" ", -1);
            if (parts.length != 2) {
                throw new NotationException("a stretch is as 'a 30ms' or 'idle 5ms', not '" + stretch.strip() + "'");
            }
            int vcpu = parts[0].equals("idle") ? -1 : named(parts[0]).get(0);
            stretches.add(new Expectation.Order.Stretch(parts[0], vcpu, Quantities.time(parts[1])));
        }
        return new Expectation.Order(cpu, stretches);
    }

    /** The vCPU of that name, or all that a number in front made of it, or all. */
    private List<Integer> named(String who) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < vcpus.size(); i++) {
            String name = vcpus.get(i).name();
            if (who.equals("all") || name.equals(who) || name.matches(who + "\\d+")) {
                found.add(i);
            }
        }
        if (found.isEmpty()) {
            throw new NotationException("there is no vCPU '" + who + "' among "
                    + vcpus.stream().map(Scene.Vcpu::name).toList());
        }
        return found;
    }
}
