package org.xenfleet.xen.advisory;

import java.util.Optional;
import java.util.OptionalInt;
import org.xenfleet.xen.Arch;
import org.xenfleet.xen.Release;
import org.xenfleet.xen.ReleaseRange;

/**
 * Hypervisors that are not affected for another reason than a fix, or of which nobody said whether they are. Immutable.
 *
 * @param bits of one width only, if there is one
 * @param arch on one kind of machine only, if there is one
 * @param because a sentence
 */
public record Exemption(
        ReleaseRange releases, OptionalInt bits, Optional<Arch> arch, Standing standing, String because) {

    boolean applies(Release release, int toBits, Arch toArch) {
        return releases.contains(release) && bits.orElse(toBits) == toBits && arch.orElse(toArch) == toArch;
    }
}
