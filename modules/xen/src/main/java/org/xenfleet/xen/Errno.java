package org.xenfleet.xen;

/** Return values of hypercalls: 0, or one of these, negative as the caller sees them. Source: xen-semantics sections 1.3, 1.4, 1.6. */
public final class Errno {
    public static final int EPERM = -1;
    public static final int ENOENT = -2;
    public static final int ESRCH = -3;
    public static final int E2BIG = -7;
    public static final int ENOMEM = -12;
    public static final int EACCES = -13;
    public static final int EFAULT = -14;
    public static final int EBUSY = -16;
    public static final int ENODEV = -19;
    public static final int EINVAL = -22;
    public static final int ENOSPC = -28;
    public static final int ERANGE = -34;
    public static final int ENOSYS = -38;

    private Errno() {}

    /** The value of a name that the catalogue uses. */
    public static int named(String name) {
        return switch (name) {
            case "EPERM" -> EPERM;
            case "ENOENT" -> ENOENT;
            case "ESRCH" -> ESRCH;
            case "ENOMEM" -> ENOMEM;
            case "EFAULT" -> EFAULT;
            case "ENODEV" -> ENODEV;
            case "EINVAL" -> EINVAL;
            case "ERANGE" -> ERANGE;
            case "ENOSYS" -> ENOSYS;
            case "E2BIG" -> E2BIG;
            case "EACCES" -> EACCES;
            case "EBUSY" -> EBUSY;
            case "ENOSPC" -> ENOSPC;
            default -> throw new IllegalArgumentException("no errno is named " + name);
        };
    }
}
