package org.xenfleet.assess;

import java.util.Optional;
import org.xenfleet.xen.Arch;
import org.xenfleet.xen.Release;

/**
 * What the hypervisor alone decides about XSA-89, and the fix of the rest. Stateless.
 *
 * <p>Sources: the advisory; the tags and commits named in advisories.yaml.
 */
final class HypervisorRule {
    private static final String LOOP = "the loop tests for preemption after every page, and the call is continued.";

    /** Of 32 bits from 4.3 on, whatever the advisory. */
    static final Finding NOT_CONSTRUCTIBLE = Finding.harmless(
            Verdict.NOT_CONSTRUCTIBLE,
            Basis.CODE,
            "There is no 32-bit hypervisor for x86 from Xen 4.3 on: commit 5d1181a5ea5e took it out.");

    private HypervisorRule() {}

    /** A verdict that holds for every guest, if the hypervisor leaves nothing to look at. */
    static Optional<Finding> settle(XenFacts xen) {
        Release release = xen.release();
        if (xen.arch() == Arch.ARM) {
            return harmless(
                    Verdict.NOT_AFFECTED,
                    Basis.CODE,
                    "set_mem_access is an operation of Xen for x86 only; of Arm the advisory says nothing.");
        }
        if (xen.bits() == 32 && !release.isBefore("4.3")) {
            return Optional.of(NOT_CONSTRUCTIBLE);
        }
        if (release.isBefore("4.1")) {
            return harmless(Verdict.NOT_AFFECTED, Basis.BOTH, "set_mem_access does not exist before Xen 4.1.");
        }
        if (xen.bits() == 32 && !release.isBefore("4.2")) {
            return harmless(
                    Verdict.NOT_AFFECTED,
                    Basis.BOTH,
                    "The 32-bit hypervisor of Xen 4.2 is built without set_mem_access: the call returns EINVAL.");
        }
        if (release.hasXsa89Fix()) {
            return harmless(Verdict.FIXED, Basis.CODE, asReleased(release));
        }
        if (xen.fixAdded(Xsa89.NAME)) {
            String nowhere = release.firstWithXsa89Fix().isEmpty()
                    ? " Of " + release.line() + " it is on the branch only; no release was made after it."
                    : "";
            return harmless(
                    Verdict.FIXED, Basis.CODE, "The fix was added (commit " + commit(release) + "): " + LOOP + nowhere);
        }
        return Optional.empty();
    }

    /** What takes the flaw away from a hypervisor of which {@link #settle} says nothing. */
    static String fix(Release release) {
        String commit = "the fix added to " + release.name() + " (commit " + commit(release) + ")";
        return release.firstWithXsa89Fix()
                .map(first -> "Xen " + first + " or newer, or " + commit + ".")
                .orElse("A newer line of Xen, or " + commit + "; no release of " + release.line() + " has it.");
    }

    private static String asReleased(Release release) {
        if (release.name().contains("unstable")) {
            return "This state of the development of " + release.line() + " has the fix.";
        }
        if (!release.isBefore("4.5")) {
            return "No release from 4.5.0 on was ever vulnerable: XENMEM_access_op, which is there instead of"
                    + " set_mem_access, tests for preemption every 64 pages.";
        }
        String first = release.firstWithXsa89Fix().orElse(release.name());
        String since = first.equals(release.name()) ? "is the first of " + release.line() + " with" : "has";
        return "Xen " + release.name() + " " + since + " the fix: " + LOOP;
    }

    private static String commit(Release release) {
        return switch (release.line()) {
            case "4.1" -> "cfe54268832a";
            case "4.2" -> "f7e1fc377a9b";
            case "4.3" -> "ce8905557586";
            default -> "babcef372ae2";
        };
    }

    private static Optional<Finding> harmless(Verdict verdict, Basis basis, String reason) {
        return Optional.of(Finding.harmless(verdict, basis, reason));
    }
}
