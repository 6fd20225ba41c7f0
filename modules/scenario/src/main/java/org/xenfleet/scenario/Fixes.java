package org.xenfleet.scenario;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.xenfleet.xen.Arch;
import org.xenfleet.xen.Release;
import org.xenfleet.xen.XenVersion;
import org.xenfleet.xen.advisory.AdvisoryCatalogue;
import org.xenfleet.xen.advisory.Standing;
import org.xenfleet.xen.operation.OperationCatalogue;

/** Reads {@code fixes} of a hypervisor, and says which of them change nothing. */
final class Fixes {
    private static final String KEY = "fixes";

    private Fixes() {}

    /** The advisories that are named and in the catalogue; every other is a problem. */
    static SortedSet<String> read(Section xen) {
        List<String> known = AdvisoryCatalogue.shipped().ids();
        SortedSet<String> fixes = new TreeSet<>();
        for (String fix : xen.texts(KEY)) {
            if (known.contains(fix)) {
                fixes.add(fix);
            } else {
                xen.problem(
                        KEY,
                        "names " + fix + ", which is not in the catalogue of advisories; possible are "
                                + String.join(", ", known) + Suggest.word(fix, known));
            }
        }
        return fixes;
    }

    /**
     * The advisories whose flaw is known not to be there, by the release or because their fix was added.
     *
     * @param release whether or not it can be simulated, or is one at all
     */
    static SortedSet<String> sound(String release, int bits, Arch arch, SortedSet<String> fixes) {
        SortedSet<String> sound = new TreeSet<>(fixes);
        if (Release.problem(release).isEmpty()) {
            Release known = Release.of(release);
            AdvisoryCatalogue.shipped().all().stream()
                    .filter(a -> a.standing(known, bits, arch).isSafe())
                    .forEach(a -> sound.add(a.id()));
        }
        return sound;
    }

    static void tellNeedless(Section xen, XenVersion version, int bits, SortedSet<String> fixes) {
        for (String fix : fixes) {
            String needless = needless(version, bits, fix);
            if (!needless.isEmpty()) {
                xen.notice(KEY, "names " + fix + ", which " + needless);
            }
        }
    }

    /** Why a fix changes nothing, as the end of a sentence; empty if it changes something. */
    private static String needless(XenVersion version, int bits, String fix) {
        String release = version.release();
        Standing standing =
                AdvisoryCatalogue.shipped().find(fix).orElseThrow().standing(Release.of(release), bits, Arch.X86);
        boolean simulated = OperationCatalogue.shipped().all().stream().anyMatch(o -> o.dependsOn(fix, version, bits))
                || version.p2mLockKind(fix::equals) != version.p2mLockKind();
        return switch (standing) {
            case FIXED -> release + " already has; it changes nothing";
            case NOT_AFFECTED -> "changes nothing: " + release + " of " + bits + " bits is not vulnerable";
            case AFFECTED, NOT_ESTABLISHED ->
                simulated
                        ? ""
                        : "changes nothing here: no operation that is simulated on " + release + " depends on it";
        };
    }
}
