package org.xenfleet.assess;

import java.util.Optional;
import org.xenfleet.xen.Arch;
import org.xenfleet.xen.Release;
import org.xenfleet.xen.advisory.Advisory;
import org.xenfleet.xen.advisory.Fix;
import org.xenfleet.xen.advisory.Standing;

/** What the hypervisor alone decides about an advisory of the catalogue, and what mends it. Stateless. */
final class StandingRule {
    private StandingRule() {}

    /** A verdict that holds for every guest, if the hypervisor leaves nothing to look at. */
    static Optional<Finding> settle(Advisory advisory, XenFacts xen) {
        Release release = xen.release();
        if (xen.arch() == Arch.X86 && xen.bits() == 32 && !release.isBefore("4.3")) {
            return Optional.of(HypervisorRule.NOT_CONSTRUCTIBLE);
        }
        Standing standing = advisory.standing(release, xen.bits(), xen.arch());
        if (!standing.isSafe() && xen.fixAdded(advisory.id())) {
            return Optional.of(Finding.harmless(Verdict.FIXED, Basis.CODE, added(advisory, release)));
        }
        return switch (standing) {
            case AFFECTED -> Optional.empty();
            case FIXED -> Optional.of(Finding.harmless(Verdict.FIXED, Basis.CODE, released(advisory, release)));
            case NOT_AFFECTED ->
                Optional.of(Finding.harmless(Verdict.NOT_AFFECTED, basis(advisory), because(advisory, xen)));
            case NOT_ESTABLISHED ->
                Optional.of(Finding.harmless(Verdict.NOT_ESTABLISHED, basis(advisory), because(advisory, xen)));
        };
    }

    /** What one goes by who says that somebody is affected. */
    static Basis basis(Advisory advisory) {
        return advisory.readInFull() ? Basis.ADVISORY : Basis.RECORD;
    }

    /** What takes the flaw away from a hypervisor that has it, or may have it. */
    static String fix(Advisory advisory, Release release) {
        Optional<Fix> ofLine = advisory.fixOfLine(release);
        Optional<String> first = ofLine.flatMap(Fix::release);
        String newer = "A newer line of Xen" + newer(advisory, release);
        if (ofLine.isEmpty()) {
            return newer + "; no fix is known of " + release.line() + ".";
        }
        String add = "the fix added to " + release.name() + " (" + ofLine.get().commitText() + ")";
        return first.map(f -> "Xen " + f + " or a later release of " + release.line() + ", or " + add + ".")
                .orElse(newer + ", or " + add + "; no release of " + release.line() + " has it.");
    }

    /** The nearest release with the fix, and the one from which on all have it. */
    private static String newer(Advisory advisory, Release release) {
        Optional<String> nearest = advisory.fixes().stream()
                .filter(fix -> !fix.onwards())
                .flatMap(fix -> fix.release().stream())
                .filter(release::isBefore)
                .findFirst();
        Optional<String> all = advisory.fixForGood().flatMap(Fix::release);
        return nearest.map(n -> ", such as " + n
                        + all.map(a -> " or all from " + a + " on").orElse(""))
                .orElse(all.map(a -> ", from " + a + " on").orElse(""));
    }

    private static String because(Advisory advisory, XenFacts xen) {
        return advisory.exemption(xen.release(), xen.bits(), xen.arch())
                .orElseThrow()
                .because();
    }

    private static String released(Advisory advisory, Release release) {
        Fix fix = advisory.fixIn(release).orElseThrow();
        String since = fix.release().orElseThrow();
        String who = fix.onwards()
                ? "All of Xen has the fix from " + since + " on. "
                : "Xen " + fix.line() + " has the fix from " + since + " on. ";
        return who + advisory.fix();
    }

    private static String added(Advisory advisory, Release release) {
        return "The fix was added"
                + advisory.fixOfLine(release)
                        .map(fix -> " (" + fix.commitText() + ")")
                        .orElse("") + ". " + advisory.fix();
    }
}
