package org.xenfleet.scenario;

import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import org.xenfleet.xen.Arch;
import org.xenfleet.xen.Mechanism;
import org.xenfleet.xen.Release;
import org.xenfleet.xen.ReleaseRange;
import org.xenfleet.xen.XenVersion;
import org.xenfleet.xen.sched.SchedulerKind;
import org.xenfleet.xen.time.ClockSource;

/** Reads the block {@code xen} of a host. */
final class XenReader {
    private static final int CREDIT2_LIKE_4_17 = 4_014;

    private static final String NO_WATCHDOG = "changes nothing: no watchdog is on the command-line";

    private XenReader() {}

    static XenSpec read(Section xen) {
        Optional<String> release = xen.optionalText("version");
        Optional<XenVersion> version = release.flatMap(XenVersion::of);
        if (release.isPresent() && version.isEmpty()) {
            tellUnknown(xen, release.get());
        }
        int bits = bits(xen, version);
        Arch arch = arch(xen);
        SortedSet<String> fixes = Fixes.read(xen);
        version.ifPresent(v -> Fixes.tellNeedless(xen, v, bits, fixes));
        XenVersion known = version.orElse(XenVersion.V4_4_0);
        String commandLine = xen.text("command-line");
        XenOptions options = CommandLine.read(xen, known, commandLine);
        SchedulerKind scheduler = SchedulerKeys.readHost(xen, version, options.scheduler());
        version.ifPresent(v -> tellRules(xen, v, scheduler));
        return new XenSpec(
                known,
                release.orElse(known.release()),
                bits,
                arch,
                fixes,
                Fixes.sound(release.orElse(known.release()), bits, arch, fixes),
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

    private static void tellUnknown(Section xen, String release) {
        Optional<String> problem = Release.problem(release);
        if (problem.isPresent() && xen.findings().judging()) {
            xen.problem("version", "= " + release + " " + problem.get());
            return;
        }
        boolean early = problem.isEmpty() && Release.of(release).isBefore("4.1");
        xen.cannotRun(
                "version",
                "= " + release
                        + (early
                                ? " is not simulated: set_mem_access, and with it XSA-89, came with 4.1"
                                : " is not simulated yet")
                        + "; possible are " + XenVersion.known());
    }

    private static Arch arch(Section xen) {
        if (!xen.text("arch").equals(Arch.ARM.label())) {
            return Arch.X86;
        }
        xen.cannotRun(
                "arch",
                "= arm is not simulated: the guests, the p2m and the hypercalls here are those of x86. set_mem_access"
                        + " is an operation of Xen for x86 only, so XSA-89 does not concern Xen on Arm; it must be x86");
        return Arch.ARM;
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

    /** What is to be said of a scheduler on this release. */
    private static void tellRules(Section xen, XenVersion version, SchedulerKind scheduler) {
        if (scheduler == SchedulerKind.CREDIT && version.hasOlderCreditRules()) {
            xen.notice(
                    "version",
                    "= " + version.release() + " runs credit by the rules of 4.4; what changed in it between 4.5 and"
                            + " 4.17 is not simulated yet");
        }
        if (scheduler == SchedulerKind.CREDIT2 && ReleaseRange.line(version.release()) < CREDIT2_LIKE_4_17) {
            xen.notice(
                    "version",
                    "= " + version.release() + " runs credit2 by the rules of 4.17; what changed in it from 4.14 on"
                            + " is not simulated otherwise");
        }
    }

    /** The width of the hypervisor: 64, or 32 where the release can be built so. */
    private static int bits(Section xen, Optional<XenVersion> version) {
        int bits = xen.integer("bits");
        if (bits != 32 && bits != 64) {
            xen.problem("bits", "= " + bits + " is no width of a hypervisor; it must be 32 or 64");
            return 64;
        }
        if (bits == 32
                && xen.sound("bits")
                && version.isPresent()
                && !version.get().has32Bits()) {
            xen.cannotRun(
                    "bits",
                    "= 32 is not possible with " + version.get().release()
                            + ": Xen 4.3 dropped the 32-bit build for x86; it must be 64, or a version of 4.1 or 4.2");
            return xen.findings().judging() ? 32 : 64;
        }
        return bits;
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
}
