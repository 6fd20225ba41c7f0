package org.xenfleet.scenario;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects problems and notices of one load, each once. One thread. */
final class Findings {
    private static final int MOST_PROBLEMS = 100;

    private final boolean judging;
    private final Set<Problem> problems = new LinkedHashSet<>();
    private final Set<Notice> notices = new LinkedHashSet<>();
    private int found;

    /** @param judging whether nothing will be run, so that what merely cannot be run is no problem */
    Findings(boolean judging) {
        this.judging = judging;
    }

    boolean judging() {
        return judging;
    }

    /** Beyond the first hundred, problems are counted only. */
    void problem(Place place, String message) {
        found++;
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(place.problem(message));
        }
    }

    /** Whether further problems are counted only, so that nobody need find words for them. */
    boolean full() {
        return problems.size() >= MOST_PROBLEMS;
    }

    void notice(String where, String message) {
        notices.add(new Notice(where, message));
    }

    /** How many problems were reported so far; a reader compares two values of it to see whether its part is sound. */
    int count() {
        return found;
    }

    void throwIfAny(String file) throws ScenarioException {
        if (problems.isEmpty()) {
            return;
        }
        List<Problem> all = new ArrayList<>(problems);
        if (found > MOST_PROBLEMS) {
            all.add(new Problem(
                    file, 0, 0, "only the first " + MOST_PROBLEMS + " of " + found + " problems are shown"));
        }
        throw new ScenarioException(all);
    }

    List<Notice> notices() {
        return List.copyOf(notices);
    }
}
