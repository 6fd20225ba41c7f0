package org.xenfleet.xen;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Releases of Xen from one to another, both included, in the order of their lines: all of 4.4 come before all of 4.5. A bound
 * is a line ({@code 4.4}: all its releases), a release ({@code 4.1.6.1}), the development of a line ({@code 4.5-unstable}: what
 * came before 4.5.0), or a state of it ({@code 4.5-unstable@8bad6c5626}). Immutable.
 *
 * @param since position of the first, see {@link #first}
 * @param until position of the last, see {@link #last}
 */
public record ReleaseRange(int since, int until) {
    public static final ReleaseRange ALL = new ReleaseRange(0, Integer.MAX_VALUE);
    public static final ReleaseRange NONE = new ReleaseRange(Integer.MAX_VALUE, 0);

    /** The commits of the development that the model knows, the oldest first. Source: xen-semantics section 1.5. */
    private static final List<String> STATES = List.of("8bad6c5626", "e8b87b57b4");

    private static final Pattern NAME =
            Pattern.compile("(\\d+)\\.(\\d{1,2})(?:\\.(\\d{1,2})(?:\\.(\\d))?|(-unstable)(?:@([0-9a-f]{10}))?)?");

    /** A position is line, patch + 1, and what comes below a patch: 4.1.6.1 is 4001.07.1, the development of 4.5 4005.00. */
    private static final int PATCHES = 100;

    private static final int STEPS = 10;

    /** The number of a line: 4004 for {@code 4.4}, and for its releases {@code 4.4.1}. */
    public static int line(String release) {
        Matcher name = parse(release);
        return Integer.parseInt(name.group(1)) * 1000 + Integer.parseInt(name.group(2));
    }

    /** Where a bound begins. */
    public static int first(String bound) {
        return position(bound, 0, 0);
    }

    /** Where a bound ends. */
    public static int last(String bound) {
        return position(bound, PATCHES - 1, STEPS - 1);
    }

    private static int position(String bound, int ofLine, int ofDevelopment) {
        Matcher name = parse(bound);
        int patch = ofLine;
        int step = ofLine == 0 ? 0 : STEPS - 1;
        if (name.group(3) != null) {
            patch = Integer.parseInt(name.group(3)) + 1;
            step = name.group(4) == null ? 0 : Integer.parseInt(name.group(4));
        } else if (name.group(5) != null) {
            patch = 0;
            step = name.group(6) == null ? ofDevelopment : state(name.group(6));
        }
        return (line(bound) * PATCHES + patch) * STEPS + step;
    }

    private static int state(String commit) {
        int index = STATES.indexOf(commit);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "no state of the development is known by " + commit + "; known are " + String.join(", ", STATES));
        }
        return index + 1;
    }

    private static Matcher parse(String bound) {
        Matcher name = NAME.matcher(bound);
        if (!name.matches()) {
            throw new IllegalArgumentException("neither a line nor a release of Xen: " + bound);
        }
        return name;
    }

    public boolean contains(XenVersion version) {
        return since <= version.position() && version.position() <= until;
    }

    public boolean contains(Release release) {
        return since <= release.position() && release.position() <= until;
    }

    /** Whether a release comes after the last of these. */
    public boolean isPast(XenVersion version) {
        return version.position() > until;
    }

    /** {@code up to 4.4}, {@code before 4.5.0}, {@code from 4.5.0 to 4.11}, {@code from 4.16}: for messages. */
    public String text() {
        if (since > until) {
            return "nowhere";
        }
        String from = since == 0 ? "" : "from " + name(since);
        String to = until == Integer.MAX_VALUE ? "" : end();
        return from.isEmpty() && to.isEmpty() ? "everywhere" : (from + " " + to).strip();
    }

    private String end() {
        boolean development = until / STEPS % PATCHES == 0 && until % STEPS == STEPS - 1;
        if (development) {
            return "before " + name(until + 1);
        }
        return (since == 0 ? "up to " : "to ") + name(until);
    }

    private static String name(int position) {
        int step = position % STEPS;
        int patch = position / STEPS % PATCHES;
        int line = position / STEPS / PATCHES;
        String name = line / 1000 + "." + line % 1000;
        boolean wholeLine = patch == 0 && step == 0 || patch == PATCHES - 1;
        if (wholeLine) {
            return name;
        }
        if (patch == 0) {
            return name + "-unstable@" + STATES.get(step - 1);
        }
        return name + "." + (patch - 1) + (step == 0 ? "" : "." + step);
    }
}
