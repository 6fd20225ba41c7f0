package org.xenfleet.xen.sched.cases;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.xenfleet.xen.sched.cases.PoolDriver.Manner;

/** A file of cases: pairs of lines, comments from # on, blank lines between. */
final class CaseFile {
    /** The files, by subject. */
    static final List<String> ALL = List.of(
            "equal",
            "weights",
            "caps",
            "boost",
            "ratelimit",
            "yield",
            "affinity",
            "soft-affinity",
            "stealing",
            "topology",
            "accounting",
            "tslice",
            "credit2",
            "null");

    /** A case on one release; the name is file:line and the release. */
    record Case(String name, Scene scene, List<Expectation> expectations) {
        /**
         * Runs it. Neither may it matter that ticks and slice ends are left out of which the scheduler says that they do not
         * matter, nor that its state goes through a snapshot half-way. Returns what is wrong, nothing if all is as expected.
         */
        List<String> complaints() {
            Outcome outcome = new PoolDriver(scene, Manner.EVERY_TIMER).run();
            List<String> complaints = new ArrayList<>();
            expectations.forEach(e -> e.complaint(outcome, scene).ifPresent(complaints::add));
            for (Manner other : List.of(Manner.QUIET_TIMERS, Manner.CARRIED_OVER)) {
                if (!new PoolDriver(scene, other).run().runs().equals(outcome.runs())) {
                    complaints.add(other + " changes who runs");
                }
            }
            return complaints;
        }
    }

    private CaseFile() {}

    static List<Case> all() {
        return ALL.stream().flatMap(file -> read(file).stream()).toList();
    }

    static List<Case> read(String subject) {
        String name = subject + ".cases";
        try (InputStream in = CaseFile.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new NotationException("there is no file " + name);
            }
            return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Case> parse(String file, String text) {
        List<Case> cases = new ArrayList<>();
        String scene = "";
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String content = line.replaceFirst("#.*", "").strip();
            if (content.isEmpty() && scene.isEmpty()) {
                continue;
            }
            if (scene.isEmpty()) {
                scene = content;
            } else {
                cases.addAll(pair(file + ":" + (number - 1), scene, content));
                scene = "";
            }
        }
        if (!scene.isEmpty()) {
            throw new NotationException(file + ":" + number + ": the last case says nothing that is expected");
        }
        return cases;
    }

    private static List<Case> pair(String where, String first, String second) {
        try {
            List<Scene> scenes = SceneParser.parse(first);
            List<Case> cases = new ArrayList<>();
            for (Scene scene : scenes) {
                cases.add(new Case(
                        where + " on " + scene.policy().word + ": " + first,
                        scene,
                        ExpectationParser.parse(second, scene)));
            }
            return cases;
        } catch (NotationException | IllegalArgumentException e) {
            throw new NotationException(where + ": " + e.getMessage());
        }
    }
}
