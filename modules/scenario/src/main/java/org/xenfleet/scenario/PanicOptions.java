package org.xenfleet.scenario;

import java.util.List;
import java.util.Optional;
import org.xenfleet.xen.WatchdogParameters;
import org.xenfleet.xen.XenVersion;

/**
 * The options of Xen's command line about the NMI watchdog and about what follows a panic, taken in their order, so that
 * the last one counts. Source: xen-semantics section 5, mechanism M7, and Xen's own description of its command line.
 */
final class PanicOptions {
    static final String WATCHDOG = "watchdog";
    static final String TIMEOUT = "watchdog_timeout";
    static final String NOREBOOT = "noreboot";

    /** For messages. */
    static final String POSSIBLE = WATCHDOG + ", " + TIMEOUT + "=0 or " + WatchdogParameters.LEAST_TIMEOUT_S + ".."
            + WatchdogParameters.MOST_TIMEOUT_S + ", " + NOREBOOT;

    private static final List<String> YES = List.of("", "1", "yes", "on", "true", "enable");
    private static final List<String> NO = List.of("0", "no", "off", "false", "disable");

    private final Section xen;
    private final XenVersion version;
    private boolean on;
    private int timeoutS = WatchdogParameters.DEFAULT_TIMEOUT_S;
    private boolean noreboot;

    PanicOptions(Section xen, XenVersion version) {
        this.xen = xen;
        this.version = version;
    }

    /** Takes an option, and says whether it is one of these. */
    boolean take(String option, String name, String value) {
        switch (name) {
            case WATCHDOG -> watchdog(option, value);
            case TIMEOUT -> timeout(option, value);
            case NOREBOOT -> flag(option, value).ifPresent(f -> noreboot = f);
            default -> {
                return takeNegated(option);
            }
        }
        return true;
    }

    /** Boolean options are inverted by a prefix, and then have no value. */
    private boolean takeNegated(String option) {
        if (option.equals("no-" + WATCHDOG)) {
            on = false;
        } else if (option.equals("no-" + NOREBOOT)) {
            noreboot = false;
        } else {
            return false;
        }
        return true;
    }

    private void watchdog(String option, String value) {
        if (value.equals("force")) {
            if (version.hasForcedWatchdog()) {
                on = true;
            } else {
                xen.problem(
                        "command-line",
                        "has '" + option + "', which " + version.release() + " is not known to have; say watchdog");
            }
            return;
        }
        flag(option, value).ifPresent(f -> on = f);
    }

    private Optional<Boolean> flag(String option, String value) {
        if (YES.contains(value) || NO.contains(value)) {
            return Optional.of(YES.contains(value));
        }
        xen.problem(
                "command-line",
                "has '" + option + "', whose value is none of " + String.join(", ", YES.subList(1, YES.size())) + ", "
                        + String.join(", ", NO));
        return Optional.empty();
    }

    private void timeout(String option, String value) {
        if (!version.hasWatchdogTimeout()) {
            xen.problem(
                    "command-line",
                    "has '" + option + "', which " + version.release() + " does not have: its watchdog always waits "
                            + WatchdogParameters.DEFAULT_TIMEOUT_S + " s; say watchdog");
            return;
        }
        int seconds = value.matches("0|[1-9][0-9]{0,8}") ? Integer.parseInt(value) : -1;
        if (seconds == 1) {
            xen.problem(
                    "command-line",
                    "has '" + option + "'; the watchdog's own heartbeat comes once a second and a little more, so that"
                            + " even a host that behaves would panic; it must be 0 (off) or an integer from "
                            + WatchdogParameters.LEAST_TIMEOUT_S + " to " + WatchdogParameters.MOST_TIMEOUT_S
                            + " (seconds), for example " + TIMEOUT + "=5");
        } else if (seconds < 0 || seconds > WatchdogParameters.MOST_TIMEOUT_S) {
            xen.problem(
                    "command-line",
                    "has '" + option + "'; it must be 0 (off) or an integer from " + WatchdogParameters.LEAST_TIMEOUT_S
                            + " to " + WatchdogParameters.MOST_TIMEOUT_S + " (seconds), for example " + TIMEOUT + "=5");
        } else {
            timeoutS = seconds;
            on = seconds > 0;
        }
    }

    /** 0 when there is no watchdog, or one that waits for ever. */
    int watchdogTimeoutS() {
        return on ? timeoutS : 0;
    }

    boolean reboots() {
        return !noreboot;
    }
}
