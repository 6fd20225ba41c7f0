package org.xenfleet.scenario;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.xenfleet.xen.Arch;
import org.xenfleet.xen.Mechanism;
import org.xenfleet.xen.XenVersion;
import org.xenfleet.xen.sched.CreditParameters;
import org.xenfleet.xen.sched.SchedulerKind;

/**
 * The hypervisor of a host. Immutable.
 *
 * @param release as it was asked for, the name of {@code version} in all that can be run
 * @param bits width of the hypervisor, 32 or 64
 * @param arch x86 in all that can be run
 * @param bootCredit what the command line says of the credit scheduler, for every pool that says nothing else
 * @param scheduler of Pool-0
 * @param credit of Pool-0; of another scheduler the rate limit alone
 * @param fixes advisories whose fix is added to the release, in lower case
 * @param sound those of the catalogue whose flaw is known not to be there: the release has the fix or never had the flaw, or
 *     {@code fixes} names it
 * @param timeAtStartNs Xen's system time when the run starts, at least 0; empty when it is drawn at random
 * @param accountingPhaseNs when the accounting timer would first fire in the run; empty when it is drawn at random
 * @param watchdog empty when the command line does not ask for one
 * @param rebootsAfterPanic false with {@code noreboot} on the command line
 * @param off mechanisms that are left out
 * @param clock what it keeps its system time by
 * @param commandLine Xen's command line as the user wrote it
 */
public record XenSpec(
        XenVersion version,
        String release,
        int bits,
        Arch arch,
        SortedSet<String> fixes,
        SortedSet<String> sound,
        CreditParameters bootCredit,
        SchedulerKind scheduler,
        CreditParameters credit,
        OptionalLong timeAtStartNs,
        OptionalLong accountingPhaseNs,
        Optional<WatchdogSpec> watchdog,
        boolean rebootsAfterPanic,
        Set<Mechanism> off,
        ClockSpec clock,
        String commandLine) {
    public XenSpec {
        off = Collections.unmodifiableSet(off.isEmpty() ? EnumSet.noneOf(Mechanism.class) : EnumSet.copyOf(off));
        fixes = Collections.unmodifiableSortedSet(new TreeSet<>(fixes));
        sound = Collections.unmodifiableSortedSet(new TreeSet<>(sound));
    }

    public boolean has(Mechanism mechanism) {
        return !off.contains(mechanism);
    }

    /**
     * Whether the flaw of an advisory is known not to be there.
     *
     * @param advisory in lower case, {@code xsa-89}
     */
    public boolean hasFix(String advisory) {
        return sound.contains(advisory);
    }
}
