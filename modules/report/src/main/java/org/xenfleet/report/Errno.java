package org.xenfleet.report;

import java.util.Map;

/** Names of the error numbers that Xen's calls return. */
final class Errno {
    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(1, "EPERM"),
            Map.entry(2, "ENOENT"),
            Map.entry(3, "ESRCH"),
            Map.entry(5, "EIO"),
            Map.entry(7, "E2BIG"),
            Map.entry(11, "EAGAIN"),
            Map.entry(12, "ENOMEM"),
            Map.entry(13, "EACCES"),
            Map.entry(14, "EFAULT"),
            Map.entry(16, "EBUSY"),
            Map.entry(17, "EEXIST"),
            Map.entry(19, "ENODEV"),
            Map.entry(22, "EINVAL"),
            Map.entry(28, "ENOSPC"),
            Map.entry(34, "ERANGE"),
            Map.entry(38, "ENOSYS"),
            Map.entry(85, "ERESTART"),
            Map.entry(95, "EOPNOTSUPP"));

    private Errno() {}

    /** What a call returned, with its name if it has one: {@code 0}, {@code -22 EINVAL}, {@code -99}. */
    static String label(int returned) {
        String name = NAMES.get(-returned);
        return name == null ? Integer.toString(returned) : returned + " " + name;
    }
}
