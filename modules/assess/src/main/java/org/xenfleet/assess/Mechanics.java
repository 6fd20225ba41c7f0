package org.xenfleet.assess;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.xenfleet.xen.Arch;
import org.xenfleet.xen.XenVersion;
import org.xenfleet.xen.operation.Admission;
import org.xenfleet.xen.operation.Admission.DomainEntry;
import org.xenfleet.xen.operation.CallRequest;
import org.xenfleet.xen.operation.Check;
import org.xenfleet.xen.operation.Operation;
import org.xenfleet.xen.operation.OperationCatalogue;
import org.xenfleet.xlcfg.GuestType;

/**
 * Whether somebody's call could tie a physical CPU: the checks, the releases and the preemption of the catalogue of
 * operations, which runs go by too. It knows nothing of the advisory but its name. Immutable.
 */
final class Mechanics {
    private static final int GUEST = 1;
    private static final int OTHER = 2;
    private static final DomainEntry DOM0 = new DomainEntry(0, "Domain-0", true, false, true, -1);

    /** Of an unknown release, the newest before it; empty where nothing of what the advisory is about exists. */
    private final Optional<XenVersion> version;

    /** Operations that nothing cuts off. */
    private final List<Operation> uncut;

    Mechanics(String advisory, XenFacts xen) {
        this.version = xen.release().newestModelled().filter(v -> isBuilt(xen, v));
        boolean fixed = xen.fixAdded(advisory) || xen.release().hasXsa89Fix();
        Predicate<String> hasFix = name -> fixed && name.equals(advisory);
        this.uncut = version.map(v -> OperationCatalogue.of(v, xen.bits()).all().stream()
                        .filter(o -> isConcerned(o, advisory))
                        .filter(o -> o.releases().contains(v) && !o.checks().contains(Check.NOT_BUILT))
                        .filter(o -> !o.cadence(v, hasFix).isPreemptible())
                        .toList())
                .orElse(List.of());
    }

    private static boolean isBuilt(XenFacts xen, XenVersion version) {
        return xen.arch() == Arch.X86 && (xen.bits() == 64 || version.has32Bits());
    }

    private static boolean isConcerned(Operation operation, String advisory) {
        return operation.variants().stream().anyMatch(v -> v.withoutFix().equals(Optional.of(advisory)));
    }

    /** A call of the domain, or of the dom0, that a guest's device model is in; of dom0 if the guest has none. */
    boolean byDeviceModel(GuestFacts guest) {
        boolean ofItsOwn = guest.placement().isDomain();
        return canTie(ofItsOwn ? new DomainEntry(OTHER, "dm", true, false, false, GUEST) : DOM0, entry(guest));
    }

    boolean byItself(GuestFacts guest) {
        return canTie(entry(guest), entry(guest));
    }

    /** A call of another guest, which has privilege over nobody. */
    boolean byUnprivileged(GuestFacts caller, GuestFacts guest) {
        boolean pv = caller.type() == GuestType.PV;
        return canTie(new DomainEntry(OTHER, caller.name(), pv, caller.isHvm(), false, -1), entry(guest));
    }

    private static DomainEntry entry(GuestFacts guest) {
        return new DomainEntry(GUEST, guest.name(), guest.type() == GuestType.PV, guest.isHvm(), false, -1);
    }

    private boolean canTie(DomainEntry caller, DomainEntry target) {
        return version.isPresent() && uncut.stream().anyMatch(o -> isAdmitted(o, caller, target, version.get()));
    }

    private static boolean isAdmitted(Operation operation, DomainEntry caller, DomainEntry target, XenVersion version) {
        CallRequest onePage = new CallRequest(true, target.domid(), 0, 1, 0);
        return Admission.atEntry(operation, onePage, caller, domid -> domid == target.domid() ? target : null, version)
                == 0;
    }
}
