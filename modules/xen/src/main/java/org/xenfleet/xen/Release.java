package org.xenfleet.xen;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A release of Xen by its name, whether or not the model can simulate it; or a state of the development that the model knows.
 * Immutable.
 *
 * @param position its place among all releases, as {@link ReleaseRange} has it
 */
public record Release(String name, int position) {
    private static final Pattern FORM = Pattern.compile("\\d{1,3}\\.\\d{1,2}\\.\\d{1,2}(\\.\\d)?");
    private static final Pattern LINE = Pattern.compile("\\d{1,3}\\.\\d{1,2}");

    /** Nothing came after these in their lines. Source: the tags of xen.git. */
    private static final List<String> LAST = List.of("4.1.6.1", "4.2.5", "4.3.4", "4.4.4");

    private static final String EXAMPLES = "; write it out, such as 4.1.6.1 or 4.4.0";

    /** Why a text names no release, as the end of a sentence that begins with the text; empty if it names one. */
    public static Optional<String> problem(String name) {
        if (XenVersion.of(name).isPresent()) {
            return Optional.empty();
        }
        if (LINE.matcher(name).matches()) {
            return Optional.of("is a line of releases, not one of them" + EXAMPLES);
        }
        if (!FORM.matcher(name).matches()) {
            return Optional.of("is no release of Xen" + EXAMPLES);
        }
        if (ReleaseRange.line(name) >= 5_000) {
            return Optional.of("is no release of Xen that anybody knows of" + EXAMPLES);
        }
        return LAST.stream()
                .filter(last -> ReleaseRange.line(last) == ReleaseRange.line(name)
                        && ReleaseRange.first(last) < ReleaseRange.first(name))
                .findFirst()
                .map(last -> "does not exist: the last release of its line is " + last);
    }

    /** @throws IllegalArgumentException for a name that has a {@link #problem} */
    public static Release of(String name) {
        Optional<String> problem = problem(name);
        if (problem.isPresent()) {
            throw new IllegalArgumentException(name + " " + problem.get());
        }
        return new Release(name, ReleaseRange.first(name));
    }

    /** Whether it comes before a line such as {@code 4.1}, or before another release. */
    public boolean isBefore(String bound) {
        return position < ReleaseRange.first(bound);
    }

    /** {@code 4.4} of 4.4.1, and of the states of the development that became 4.4.0. */
    public String line() {
        int line = ReleaseRange.line(name);
        return line / 1000 + "." + line % 1000;
    }

    /** The newest that the model can simulate and that is not newer than this; empty for what is older than all of them. */
    public Optional<XenVersion> newestModelled() {
        return XenVersion.all().stream().filter(v -> v.position() <= position).reduce((older, newer) -> newer);
    }

    /** Whether it has the fix of XSA-89 as it was released. */
    public boolean hasXsa89Fix() {
        return newestModelled().map(XenVersion::hasXsa89Fix).orElse(false);
    }

    /** The first release of its line with the fix of XSA-89. */
    public Optional<String> firstWithXsa89Fix() {
        return XenVersion.all().stream()
                .filter(v -> ReleaseRange.line(v.release()) == ReleaseRange.line(name))
                .filter(v -> FORM.matcher(v.release()).matches())
                .filter(XenVersion::hasXsa89Fix)
                .map(XenVersion::release)
                .findFirst();
    }

    @Override
    public String toString() {
        return name;
    }
}
