package org.xenfleet.host.statements;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * One of the 25 statements: on which hosts it is tried, which figures come out, and without what it would not hold.
 */
interface Statement {
    /**
     * A host to try a statement on.
     *
     * @param name what is special about it, for the page
     * @param values the statement's own parameters
     */
    record Trial(String name, Map<String, Long> values) {
        long get(String parameter) {
            Long value = values.get(parameter);
            if (value == null) {
                throw new IllegalArgumentException("no " + parameter + " among " + values.keySet());
            }
            return value;
        }
    }

    /** 1 to 25, as in xen-semantics section 9. */
    int number();

    /** In a sentence. */
    String says();

    /** At least two hosts. */
    List<Trial> trials();

    /** A host drawn at random; empty where the statement is about a table and leaves nothing to draw. */
    default Optional<Trial> draw(Random random) {
        return Optional.empty();
    }

    /** Runs what a trial takes and says what came out. */
    List<Figure> figures(Lab lab, Trial trial);

    /** What is left out in the counter-trial, in a few words. */
    String leftOut();

    /** The settings that leave it out. */
    List<String> leaveOut();
}
