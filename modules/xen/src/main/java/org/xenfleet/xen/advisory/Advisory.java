package org.xenfleet.xen.advisory;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.xenfleet.xen.Arch;
import org.xenfleet.xen.Release;

/**
 * An advisory of the catalogue; {@code catalogue.conf} says what each component means. Immutable.
 *
 * @param id in lower case, {@code xsa-89}
 * @param readInFull whether the advisory itself was read; otherwise its CVE's text and the commits that name it
 * @param operation what does the work, in Xen's terms
 * @param bound of the work of one of these, before the fix
 * @param affected which releases, for people
 * @param exemptions the first that applies goes before all fixes
 * @param fix what it changes, as a sentence
 * @param mitigations empty if nothing that was read says; none if it is said that there are none
 */
public record Advisory(
        String id,
        String title,
        LocalDate date,
        List<String> cves,
        boolean readInFull,
        List<Shape> shapes,
        String operation,
        String bound,
        String affected,
        List<Exemption> exemptions,
        String fix,
        List<Fix> fixes,
        List<Way> ways,
        Optional<List<String>> mitigations) {
    public Advisory {
        cves = List.copyOf(cves);
        shapes = List.copyOf(shapes);
        exemptions = List.copyOf(exemptions);
        fixes = List.copyOf(fixes);
        ways = List.copyOf(ways);
        mitigations = mitigations.map(List::copyOf);
    }

    /** {@code XSA-89}. */
    public String label() {
        return id.toUpperCase(Locale.ROOT);
    }

    /** The number behind {@code xsa-}, which orders advisories. */
    public int number() {
        return Integer.parseInt(id.substring(id.indexOf('-') + 1));
    }

    /**
     * How a hypervisor stands to it as it was released.
     *
     * @param bits width of the hypervisor, 32 or 64
     */
    public Standing standing(Release release, int bits, Arch arch) {
        return exemption(release, bits, arch)
                .map(Exemption::standing)
                .orElse(fixIn(release).isPresent() ? Standing.FIXED : Standing.AFFECTED);
    }

    /** Why a hypervisor is no question of fixes, if it is none. */
    public Optional<Exemption> exemption(Release release, int bits, Arch arch) {
        return exemptions.stream().filter(e -> e.applies(release, bits, arch)).findFirst();
    }

    /** The fix that a release has. */
    public Optional<Fix> fixIn(Release release) {
        return fixes.stream().filter(f -> f.isIn(release)).findFirst();
    }

    /** The fix that was made for the line of a release, whether or not a release of it has it. */
    public Optional<Fix> fixOfLine(Release release) {
        return fixes.stream().filter(f -> f.line().equals(release.line())).reduce((older, newer) -> newer);
    }

    /** The fix from which on all have it. */
    public Optional<Fix> fixForGood() {
        return fixes.stream().filter(Fix::onwards).findFirst();
    }
}
