package org.xenfleet.assess;

import org.xenfleet.xen.Arch;
import org.xenfleet.xen.Release;

/**
 * A hypervisor, whether or not it can be simulated. Immutable.
 *
 * @param bits its width, 32 or 64
 * @param fixAdded whether the fix of the advisory was added to the release
 */
public record XenFacts(Release release, int bits, Arch arch, boolean fixAdded) {

    /** {@code 4.4.0}. */
    public String name() {
        return release.name();
    }

    /** {@code x86} or {@code arm}. */
    public String archLabel() {
        return arch.label();
    }
}
