package org.xenfleet.scenario;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.xenfleet.xen.XenVersion;
import org.xenfleet.xen.sched.CreditParameters;

/** Reads the block {@code xen} of a host. */
final class XenReader {
    private static final List<String> FIXES = List.of("xsa-89");

    private XenReader() {}

    static XenSpec read(Section xen) {
        Optional<String> release = xen.optionalText("version");
        Optional<XenVersion> version = release.flatMap(XenVersion::of);
        if (release.isPresent() && version.isEmpty()) {
            xen.problem("version", "= " + release.get() + " is not simulated yet; possible are " + XenVersion.known());
        }
        long bits = xen.number("bits");
        if (bits != 64) {
            xen.problem("bits", "= " + bits + " is not simulated yet; possible is 64");
        }
        SortedSet<String> fixes = fixes(xen);
        if (fixes.contains("xsa-89") && version.map(XenVersion::hasXsa89Fix).orElse(false)) {
            xen.notice("fixes", "names xsa-89, which " + release.orElse("") + " already has; it changes nothing");
        }
        scheduler(xen);
        if (version.isPresent() && !version.get().isCreditDefault() && !xen.has("scheduler")) {
            xen.problem(
                    "version",
                    "= " + version.get().release() + " runs credit2 by default, which is not simulated yet;"
                            + " say scheduler = credit beside it");
        }
        XenVersion known = version.orElse(XenVersion.V4_4_0);
        String commandLine = xen.text("command-line");
        CreditParameters boot = CommandLine.read(xen, commandLine);
        return new XenSpec(
                known,
                known.hasXsa89Fix() || fixes.contains("xsa-89"),
                fixes,
                boot,
                CreditKeys.read(xen, boot),
                xen.orWord("time-at-start"),
                xen.orWord("accounting-phase"),
                commandLine);
    }

    /** Checks the key {@code scheduler} of a host or of a CPU pool. */
    static void scheduler(Section section) {
        String scheduler = section.text("scheduler");
        if (!scheduler.isEmpty() && !scheduler.equals("credit")) {
            section.problem("scheduler", "= " + scheduler + " is not simulated yet; possible is credit");
        }
    }

    private static SortedSet<String> fixes(Section xen) {
        SortedSet<String> fixes = new TreeSet<>();
        for (String fix : xen.texts("fixes")) {
            if (FIXES.contains(fix)) {
                fixes.add(fix);
            } else {
                xen.problem(
                        "fixes",
                        "names " + fix + ", whose fix is not simulated yet; possible is " + String.join(", ", FIXES)
                                + Suggest.word(fix, FIXES));
            }
        }
        return fixes;
    }
}
