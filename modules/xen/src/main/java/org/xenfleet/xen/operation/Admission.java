package org.xenfleet.xen.operation;

import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.xenfleet.xen.Access;
import org.xenfleet.xen.Errno;
import org.xenfleet.xen.XenVersion;
import org.xenfleet.xen.p2m.P2m;

/**
 * Whether a call may start, by the checks of its operation in their order.
 *
 * <p>Source: xen-semantics sections 1.4, 1.6 and 3.1 (the dummy XSM's rules).
 */
public final class Admission {
    /**
     * A domain as the hypervisor's table has it.
     *
     * @param pv paravirtualised: has no p2m in Xen, and the whole table of hypercalls
     * @param hvm has a device model
     * @param target the domid this domain has privilege over, or -1
     * @param dying it is being destroyed, but still listed
     * @param listener a ring is set up on which somebody hears of forbidden accesses to its memory
     */
    public record DomainEntry(
            int domid,
            String name,
            boolean pv,
            boolean hvm,
            boolean privileged,
            int target,
            boolean dying,
            boolean listener) {
        /** Alive, and nobody listens. */
        public DomainEntry(int domid, String name, boolean pv, boolean hvm, boolean privileged, int target) {
            this(domid, name, pv, hvm, privileged, target, false, false);
        }
    }

    private Admission() {}

    /** The checks that need no p2m. Returns 0 or the errno of the first that fails. */
    public static int atEntry(
            Operation operation,
            CallRequest request,
            DomainEntry caller,
            IntFunction<@Nullable DomainEntry> domainTable,
            XenVersion version) {
        DomainEntry target = operation.worksOnCaller(request) ? caller : domainTable.apply(request.domid());
        for (Check check : operation.checks()) {
            boolean known = check != Check.CALLER_KIND
                    || caller.pv()
                    || operation.hvmCallers().contains(version);
            int errno = !known ? Errno.ENOSYS : check.isAtTarget() ? 0 : atEntry(check, request, caller, target);
            if (errno != 0) {
                return errno;
            }
        }
        return 0;
    }

    private static int atEntry(Check check, CallRequest request, DomainEntry caller, @Nullable DomainEntry target) {
        if (check == Check.COPY_IN) {
            return request.readable() ? 0 : Errno.EFAULT;
        }
        if (target == null) {
            return Errno.ESRCH;
        }
        return switch (check) {
            case NOT_SELF -> target.domid() == caller.domid() ? Errno.EPERM : 0;
            case DYING -> target.dying() ? Errno.EINVAL : 0;
            case HVM -> target.hvm() ? 0 : Errno.EINVAL;
            case PRIVILEGE_TARGET -> isTargetPrivileged(caller, target) ? 0 : Errno.EPERM;
            case PRIVILEGED -> caller.privileged() ? 0 : Errno.EPERM;
            case NOT_OWN -> target.domid() == caller.domid() ? Errno.EINVAL : 0;
            case PRIVILEGE_DM -> isDmPrivileged(caller, target) ? 0 : Errno.EPERM;
            case LISTENER -> target.listener() ? 0 : Errno.ENODEV;
            default -> 0;
        };
    }

    /** {@code XSM_TARGET}: the domain itself, the domain whose target it is, or a privileged one. */
    public static boolean isTargetPrivileged(DomainEntry caller, DomainEntry target) {
        return caller.domid() == target.domid() || isDmPrivileged(caller, target);
    }

    /** {@code XSM_DM_PRIV}: the domain whose target it is, or a privileged one. */
    private static boolean isDmPrivileged(DomainEntry caller, DomainEntry target) {
        return caller.target() == target.domid() || caller.privileged();
    }

    /** What the checks on the target's p2m say: an errno, done at once, or go and walk. */
    public enum Verdict {
        INVALID,
        DONE,
        WALK
    }

    /** The checks on the target's p2m. Sets the default access where the request says so. */
    public static Verdict atTarget(Operation operation, CallRequest request, P2m p2m) {
        Optional<Access> access = operation.access().accepted(request.accessCode());
        for (Check check : operation.checks()) {
            if (check == Check.NOT_BUILT
                    || check == Check.RANGE && !request.isDefault() && !inRange(request, p2m.maxMappedGfn())
                    || check == Check.ACCESS_CODE && access.isEmpty()) {
                return Verdict.INVALID;
            }
            if (check == Check.DEFAULT && request.isDefault()) {
                access.ifPresent(a -> p2m.setDefaultAccess(p2m.resolve(a)));
                return Verdict.DONE;
            }
        }
        return Verdict.WALK;
    }

    /** A range that is shorter than what is done of it already is none either. */
    private static boolean inRange(CallRequest request, long max) {
        long last = request.first() + request.nr() - 1;
        return request.nr() >= request.carried()
                && Long.compareUnsigned(request.first(), max) <= 0
                && Long.compareUnsigned(last, request.first()) >= 0
                && Long.compareUnsigned(last, max) <= 0;
    }
}
