package org.xenfleet.scenario;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.xenfleet.xen.Mechanism;
import org.xenfleet.xen.XenVersion;
import org.xenfleet.xen.sched.SchedulerKind;
import org.xenfleet.xen.time.ClockSource;

/** Reads the block {@code xen} of a host. */
final class XenReader {
    private static final List<String> FIXES = List.of("xsa-89");

    private static final String NO_WATCHDOG = "changes nothing: no watchdog is on the command-line";

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
        XenVersion known = version.orElse(XenVersion.V4_4_0);
        String commandLine = xen.text("command-line");
        XenOptions options = CommandLine.read(xen, known, commandLine);
        SchedulerKind scheduler = SchedulerKeys.readHost(xen, version, options.scheduler());
        return new XenSpec(
                known,
                known.hasXsa89Fix() || fixes.contains("xsa-89"),
                fixes,
                options.credit(),
                scheduler,
                CreditKeys.read(xen, scheduler, options.credit()),
                xen.orWord("time-at-start"),
                xen.orWord("accounting-phase"),
                watchdog(xen, options.watchdogTimeoutS()),
                options.reboots(),
                mechanismsOff(Blocks.child(xen, "mechanisms", KeyTable.MECHANISMS)),
                clock(xen, options.clockSource()),
                commandLine);
    }

    private static ClockSpec clock(Section xen, String source) {
        long frequency = xen.number("hpet-frequency");
        boolean hpet = source.equals("hpet");
        if (!hpet && xen.has("hpet-frequency")) {
            xen.notice("hpet-frequency", "changes nothing: the command-line says clocksource=" + source);
        }
        return new ClockSpec(hpet ? ClockSource.hpet(frequency) : ClockSource.ACPI, xen.flag("invariant-tsc"));
    }

    private static Set<Mechanism> mechanismsOff(Section block) {
        Set<Mechanism> off = EnumSet.noneOf(Mechanism.class);
        for (Mechanism mechanism : Mechanism.values()) {
            if (block.text(mechanism.key()).equals("off")) {
                off.add(mechanism);
            }
        }
        return off;
    }

    private static Optional<WatchdogSpec> watchdog(Section xen, int timeoutS) {
        OptionalLong phase = xen.orWord("watchdog-phase");
        OptionalLong nmiPhase = xen.orWord("nmi-phase");
        if (timeoutS > 0) {
            return Optional.of(new WatchdogSpec(timeoutS, phase, nmiPhase));
        }
        phase.ifPresent(ns -> xen.notice("watchdog-phase", NO_WATCHDOG));
        nmiPhase.ifPresent(ns -> xen.notice("nmi-phase", NO_WATCHDOG));
        return Optional.empty();
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
