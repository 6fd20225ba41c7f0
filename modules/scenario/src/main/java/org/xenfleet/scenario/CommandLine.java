package org.xenfleet.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xenfleet.xen.XenVersion;
import org.xenfleet.xen.sched.CreditParameters;
import org.xenfleet.xen.sched.SchedulerKind;

/**
 * Xen's command line: the options of the schedulers, of the watchdog and of panics act, harmless ones are told, all
 * others are refused.
 */
final class CommandLine {
    private static final String TSLICE = "sched_credit_tslice_ms";
    private static final String RATELIMIT = "sched_ratelimit_us";
    private static final String MIGRATION_DELAY = "vcpu_migration_delay";
    private static final String TICKLE_ONE = "tickle_one_idle_cpu";
    private static final String CLOCKSOURCE = "clocksource";
    private static final List<String> ACTING = List.of(TSLICE, RATELIMIT, MIGRATION_DELAY, TICKLE_ONE, CLOCKSOURCE);
    private static final String HPET = "hpet";
    private static final List<String> CLOCKSOURCES = List.of(HPET, "acpi");
    private static final List<String> TRUE = List.of("", "yes", "on", "true", "enable", "1");
    private static final List<String> FALSE = List.of("no", "off", "false", "disable", "0");

    /** Options that change nothing that the model has: consoles, logs, and what the scenario says elsewhere. */
    private static final List<String> HARMLESS = List.of(
            "com1",
            "com2",
            "conring_size",
            "console",
            "console_timestamps",
            "console_to_ring",
            "dom0_max_vcpus",
            "dom0_mem",
            "guest_loglvl",
            "loglvl",
            "placeholder",
            "sync_console",
            "vga");

    private final Section xen;
    private final PanicOptions panics;

    private CommandLine(Section xen, XenVersion version) {
        this.xen = xen;
        this.panics = new PanicOptions(xen, version);
    }

    /** Reads the key {@code command-line} of a {@code xen} block. */
    static XenOptions read(Section xen, XenVersion version, String text) {
        return new CommandLine(xen, version).read(text);
    }

    private XenOptions read(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        List<String> notModelled = new ArrayList<>();
        Optional<SchedulerKind> scheduler = Optional.empty();
        for (String option : text.strip().split("\\s+")) {
            if (option.isEmpty()) {
                continue;
            }
            int equals = option.indexOf('=');
            String name = equals < 0 ? option : option.substring(0, equals);
            String value = equals < 0 ? "" : option.substring(equals + 1);
            if (ACTING.contains(name)) {
                if (values.put(name, value) != null) {
                    xen.notice("command-line", "gives " + name + " twice; as in Xen, the last one counts");
                }
            } else if (panics.take(option, name, value)) {
                continue;
            } else if (HARMLESS.contains(name)) {
                notModelled.add(option);
            } else if (name.equals("sched") && SchedulerKind.of(value).isPresent()) {
                scheduler = SchedulerKind.of(value);
            } else {
                refuse(option, name);
            }
        }
        if (!notModelled.isEmpty()) {
            xen.notice("command-line", "has options that are not modelled: " + String.join(", ", notModelled));
        }
        if (!panics.reboots() && panics.watchdogTimeoutS() == 0) {
            xen.notice("command-line", "has noreboot, which changes nothing: without watchdog nothing panics here");
        }
        return new XenOptions(
                parameters(values),
                scheduler,
                panics.watchdogTimeoutS(),
                panics.reboots(),
                clockSource(values.get(CLOCKSOURCE)));
    }

    private String clockSource(@Nullable String source) {
        if (source != null && !CLOCKSOURCES.contains(source)) {
            xen.problem(
                    "command-line",
                    "has " + CLOCKSOURCE + "=" + source + ", which is not simulated yet; possible are "
                            + String.join(", ", CLOCKSOURCES));
        }
        return source == null ? HPET : source;
    }

    private void refuse(String option, String name) {
        if (name.equals("sched")) {
            xen.problem(
                    "command-line",
                    "has '" + option + "', which is not simulated yet; possible are " + SchedulerKind.known());
            return;
        }
        List<String> known = new ArrayList<>(ACTING);
        known.addAll(List.of(PanicOptions.WATCHDOG, PanicOptions.TIMEOUT));
        xen.problem(
                "command-line",
                "has '" + option + "', which is not simulated yet; possible are " + TSLICE + "=1..1000, " + RATELIMIT
                        + "=0 or 100..500000, " + MIGRATION_DELAY + "=0..100000, " + TICKLE_ONE + "=yes|no, "
                        + CLOCKSOURCE + "=" + String.join("|", CLOCKSOURCES) + ", " + PanicOptions.POSSIBLE
                        + ", and, without effect, " + String.join(", ", HARMLESS)
                        + Suggest.word(name, known));
    }

    private CreditParameters parameters(Map<String, String> numbers) {
        int slice = number(numbers, TSLICE, CreditParameters.DEFAULT.tsliceMs());
        if (slice < 1 || slice > 1000) {
            xen.problem(
                    "command-line",
                    "has " + TSLICE + "=" + numbers.get(TSLICE) + "; it must be an integer from 1 to"
                            + " 1000 (milliseconds), for example " + TSLICE + "=30");
            return CreditParameters.DEFAULT;
        }
        int limit = number(numbers, RATELIMIT, CreditParameters.DEFAULT.ratelimitUs());
        if (limit != 0 && (limit < 100 || limit > 500_000)) {
            xen.problem(
                    "command-line",
                    "has " + RATELIMIT + "=" + numbers.get(RATELIMIT) + "; it must be 0 (off) or an"
                            + " integer from 100 to 500000 (microseconds), for example " + RATELIMIT + "=1000");
            return CreditParameters.DEFAULT;
        }
        if (limit > slice * 1000) {
            xen.problem(
                    "command-line",
                    "makes the rate limit, " + limit + " us, longer than the slice, " + slice
                            + " ms; the limit must be at most the slice");
            return CreditParameters.DEFAULT;
        }
        int delay = number(numbers, MIGRATION_DELAY, CreditParameters.DEFAULT.migrationDelayUs());
        if (delay < 0 || delay > CreditParameters.MAX_MIGRATION_DELAY_US) {
            xen.problem(
                    "command-line",
                    "has " + MIGRATION_DELAY + "=" + numbers.get(MIGRATION_DELAY) + "; it must be an integer from 0 to "
                            + CreditParameters.MAX_MIGRATION_DELAY_US + " (microseconds), for example "
                            + MIGRATION_DELAY + "=0");
            return CreditParameters.DEFAULT;
        }
        return new CreditParameters(slice, limit, delay, tickleOne(numbers));
    }

    private boolean tickleOne(Map<String, String> values) {
        String value = values.get(TICKLE_ONE);
        if (value != null && !TRUE.contains(value) && !FALSE.contains(value)) {
            xen.problem(
                    "command-line",
                    "has " + TICKLE_ONE + "=" + value + "; it must be a boolean, for example yes or no");
        }
        return value == null || TRUE.contains(value);
    }

    /** -1 for what is not a number: out of every range. */
    private static int number(Map<String, String> numbers, String name, int fallback) {
        String text = numbers.get(name);
        return text == null ? fallback : text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
    }
}
