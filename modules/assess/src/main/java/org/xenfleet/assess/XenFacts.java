package org.xenfleet.assess;

import java.util.Set;
import org.xenfleet.xen.Arch;
import org.xenfleet.xen.Release;

/**
 * A hypervisor, whether or not it can be simulated. Immutable.
 *
 * @param bits its width, 32 or 64
 * @param fixes advisories whose fix was added to the release, in lower case
 */
public record XenFacts(Release release, int bits, Arch arch, Set<String> fixes) {
    public XenFacts {
        fixes = Set.copyOf(fixes);
    }

    /** Whether the fix of an advisory was added to the release. */
    public boolean fixAdded(String advisory) {
        return fixes.contains(advisory);
    }

    /** {@code 4.4.0}. */
    public String name() {
        return release.name();
    }

    /** {@code x86} or {@code arm}. */
    public String archLabel() {
        return arch.label();
    }
}
