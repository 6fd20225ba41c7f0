package org.xenfleet.xen.advisory;

import java.util.List;
import java.util.Optional;
import org.xenfleet.xen.Release;

/**
 * A fix where it was applied. Immutable.
 *
 * @param line such as {@code 4.1}
 * @param release the first of the line that has it; empty if it came after the last release
 * @param onwards whether all later lines have it too
 * @param commits the first 12 digits of each, the oldest first
 */
public record Fix(String line, Optional<String> release, boolean onwards, List<String> commits) {
    public Fix {
        commits = List.copyOf(commits);
    }

    boolean isIn(Release other) {
        return release.isPresent()
                && !other.isBefore(release.get())
                && (onwards || other.line().equals(line));
    }

    /** {@code commit a}, {@code commits a and b}, {@code 7 commits up to a}: for messages. */
    public String commitText() {
        String last = commits.get(commits.size() - 1);
        return switch (commits.size()) {
            case 1 -> "commit " + last;
            case 2 -> "commits " + commits.get(0) + " and " + last;
            default -> commits.size() + " commits up to " + last;
        };
    }
}
