package org.xenfleet.xen.operation;

import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.xenfleet.xen.Access;
import org.xenfleet.xen.Errno;
import org.xenfleet.xen.XenVersion;
import org.xenfleet.xen.p2m.P2m;

/**
 * Whether a call may start, by the checks of its operation in their order.
 *
 * <p>Source: xen-semantics sections 1.4 and 3.1 (the dummy XSM's rule for {@code XSM_TARGET}).
 */
public final class Admission {
    /**
     * A domain as the hypervisor's table has it.
     *
     * @param pv paravirtualised: has no p2m in Xen, and the whole table of hypercalls
     * @param hvm has a device model
     * @param target the domid this domain has privilege over, or -1
     */
    public record DomainEntry(int domid, String name, boolean pv, boolean hvm, boolean privileged, int target) {}

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
            case HVM -> target.hvm() ? 0 : Errno.EINVAL;
            case PRIVILEGE_TARGET -> isTargetPrivileged(caller, target) ? 0 : Errno.EPERM;
            case PRIVILEGED -> caller.privileged() ? 0 : Errno.EPERM;
            case NOT_OWN -> target.domid() == caller.domid() ? Errno.EINVAL : 0;
            default -> 0;
        };
    }

    /** {@code XSM_TARGET}: the domain itself, the domain whose target it is, or a privileged one. */
    public static boolean isTargetPrivileged(DomainEntry caller, DomainEntry target) {
        return caller.domid() == target.domid() || caller.target() == target.domid() || caller.privileged();
    }

    /** What the checks on the target's p2m say: an errno, done at once, or go and walk. */
    public enum Verdict {
        INVALID,
        DONE,
        WALK
    }

    /** The checks on the target's p2m. Sets the default access where the request says so. */
    public static Verdict atTarget(Operation operation, CallRequest request, P2m p2m) {
        for (Check check : operation.checks()) {
            if (check == Check.RANGE && !request.isDefault() && !inRange(request, p2m.maxMappedGfn())) {
                return Verdict.INVALID;
            }
            if (check == Check.ACCESS_CODE
                    && Access.ofCode((int) request.code()).isEmpty()) {
                return Verdict.INVALID;
            }
            if (check == Check.DEFAULT && request.isDefault()) {
                p2m.setDefaultAccess(Access.ofCode((int) request.code()).orElseThrow());
                return Verdict.DONE;
            }
        }
        return Verdict.WALK;
    }

    private static boolean inRange(CallRequest request, long max) {
        long last = request.first() + request.nr() - 1;
        return Long.compareUnsigned(request.first(), max) <= 0
                && Long.compareUnsigned(last, request.first()) >= 0
                && Long.compareUnsigned(last, max) <= 0;
    }
}
