package org.xenfleet.xen;

/**
 * Lines of Xen from one to another, both included; a line is {@code 4.4}. Immutable.
 *
 * @param since first line, as {@code major * 1000 + minor}
 * @param until last line
 */
public record ReleaseRange(int since, int until) {
    public static final ReleaseRange ALL = new ReleaseRange(0, Integer.MAX_VALUE);
    public static final ReleaseRange NONE = new ReleaseRange(Integer.MAX_VALUE, 0);

    /** The number of a line: 4004 for {@code 4.4}, and for its releases {@code 4.4.1}. */
    public static int line(String release) {
        String[] parts = release.split("\\.", -1);
        if (parts.length < 2) {
            throw new IllegalArgumentException("not a line of Xen: " + release);
        }
        return Integer.parseInt(parts[0]) * 1000 + Integer.parseInt(parts[1]);
    }

    public boolean contains(XenVersion version) {
        int line = line(version.release());
        return since <= line && line <= until;
    }

    /** {@code up to 4.4}, {@code from 4.5 to 4.11}, {@code from 4.16}: for messages. */
    public String text() {
        if (since > until) {
            return "nowhere";
        }
        String from = since == 0 ? "" : "from " + name(since);
        String to = until == Integer.MAX_VALUE ? "" : (from.isEmpty() ? "up to " : " to ") + name(until);
        return from.isEmpty() && to.isEmpty() ? "everywhere" : from + to;
    }

    private static String name(int line) {
        return line / 1000 + "." + line % 1000;
    }
}
