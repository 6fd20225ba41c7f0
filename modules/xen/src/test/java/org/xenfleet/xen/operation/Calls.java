package org.xenfleet.xen.operation;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.xenfleet.xen.Errno;
import org.xenfleet.xen.XenVersion;
import org.xenfleet.xen.operation.Admission.DomainEntry;
import org.xenfleet.xen.operation.Admission.Verdict;
import org.xenfleet.xen.operation.Operation.Cadence;
import org.xenfleet.xen.p2m.P2m;
import org.xenfleet.xen.p2m.RangeWork;

/** Calls of one operation on one release, from the first check to the return value, on a host with nobody else. */
final class Calls {
    static final DomainEntry DOM0 = new DomainEntry(0, "Domain-0", true, false, true, -1);
    static final DomainEntry GUEST = new DomainEntry(1, "guest", false, true, false, -1);
    static final DomainEntry PV = new DomainEntry(2, "pv", true, false, false, -1);
    static final DomainEntry STUB = new DomainEntry(3, "guest-dm", true, false, false, 1);
    static final DomainEntry OTHER = new DomainEntry(4, "other", false, true, false, -1);
    static final DomainEntry LISTENED = new DomainEntry(5, "listened", false, true, false, -1, false, true);
    static final DomainEntry DYING = new DomainEntry(6, "dying", false, true, false, -1, true, true);
    static final DomainEntry LISTENED_STUB = new DomainEntry(7, "listened-dm", true, false, false, 5);
    static final Map<Integer, DomainEntry> TABLE =
            Map.of(0, DOM0, 1, GUEST, 2, PV, 3, STUB, 4, OTHER, 5, LISTENED, 6, DYING, 7, LISTENED_STUB);

    private final XenVersion version;
    private final Operation operation;
    private final P2m p2m;

    Calls(String operation, String release, int bits, P2m p2m) {
        this.version = XenVersion.of(release).orElseThrow();
        this.operation = OperationCatalogue.of(version, bits).find(operation).orElseThrow();
        this.p2m = p2m;
    }

    static Calls on(String release, String operation, P2m p2m) {
        return new Calls(operation, release, 64, p2m);
    }

    Operation operation() {
        return operation;
    }

    Cadence cadence() {
        return operation.cadence(version, version.hasXsa89Fix() ? "xsa-89"::equals : fix -> false);
    }

    /** What the call returns, made by {@code caller} and never cut off. */
    int returned(DomainEntry caller, CallRequest request) {
        return returned(caller, request, TABLE.get(request.domid()));
    }

    /** The same with {@code target} under the domid of the request. */
    int returned(DomainEntry caller, CallRequest request, @Nullable DomainEntry target) {
        if (!operation.releases().contains(version)) {
            return Errno.ENOSYS;
        }
        int errno = Admission.atEntry(operation, request, caller, domid -> target, version);
        if (errno != 0) {
            return errno;
        }
        Verdict verdict = Admission.atTarget(operation, request, p2m);
        if (verdict != Verdict.WALK) {
            return verdict == Verdict.INVALID ? Errno.EINVAL : 0;
        }
        RangeWork work = work(request);
        int result = operation.result(request, work, cadence(), version, p2m);
        change(request, work.pages());
        return result;
    }

    /** What is left of a call to do. */
    RangeWork work(CallRequest request) {
        long left = cadence().progress().left(request);
        return operation.effect() == Operation.Effect.NONE
                ? RangeWork.even(left, 250)
                : p2m.plan(request.next(), left, 250);
    }

    /** Changes the first pages that are left. */
    void change(CallRequest request, long pages) {
        if (operation.effect() == Operation.Effect.SET_ACCESS) {
            p2m.rewrite(
                    request.next(),
                    pages,
                    p2m.resolve(
                            operation.access().accepted(request.accessCode()).orElseThrow()));
        }
    }
}
