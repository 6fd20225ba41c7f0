package org.xenfleet.xen;

/** Return values of hypercalls: 0, or one of these, negative as the caller sees them. Source: xen-semantics section 1.4. */
public final class Errno {
    public static final int EPERM = -1;
    public static final int ESRCH = -3;
    public static final int ENOMEM = -12;
    public static final int EFAULT = -14;
    public static final int EINVAL = -22;

    private Errno() {}
}
