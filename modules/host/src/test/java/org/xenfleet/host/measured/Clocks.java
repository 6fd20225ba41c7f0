package org.xenfleet.host.measured;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xenfleet.observe.HostReport.Incident;

/**
 * Boots "warp*": one long call of dom0 on pCPU 0 (or 1), and what the report says of Xen's clock afterwards. The call begins 209 ms
 * (HPET: 205 ms) after a calibration, as the slowed clock of the real Xen shows it did.
 */
final class Clocks {
    private static final Pattern SECONDS = Pattern.compile("(\\d+\\.\\d{3}) s");
    private static final long SECOND = 1_000_000_000L;
    /** By how much the clock stays behind in so many ms, from the first two points that were observed. */
    private static final double OBSERVED_MS = 500;

    /** One boot: how the call comes about, and by how much after a calibration. */
    private record Boot(
            String name, String version, String real, int cpu, long pages, long calibratedMs, String clock) {}

    private static final Boot ACPI = new Boot("warpacpi7", "4.4.0", "4.4.0", 0, 3_900_000, 209, "acpi");
    private static final Boot INVARIANT = new Boot("warpacpi7", "4.4.0", "4.4.0ct", 0, 3_900_000, 209, "acpi");
    private static final Boot CPU1 = new Boot("warpcpu1", "4.4.0", "4.4.0", 1, 3_900_000, 209, "acpi");
    private static final Boot FIXED = new Boot("warpacpi7", "4.4.1", "4.4.1", 0, 3_900_000, 209, "acpi");
    private static final Boot HPET = new Boot("warphpet56", "4.4.0", "4.4.0", 0, 31_000_000, 205, "hpet");

    /** s since the start of the run, or of time. */
    private record Damage(double from, List<Double> seconds, String detail) {
        boolean is(String word) {
            return detail.contains(word);
        }

        double first() {
            return seconds.get(0);
        }

        double until() {
            return seconds.get(1);
        }
    }

    private record Run(double callEnd, List<Damage> damage) {
        Damage first(String word) {
            return damage.stream().filter(d -> d.is(word)).findFirst().orElseThrow();
        }
    }

    private final Path folder;
    private final Results results;

    Clocks(Path folder, Results results) {
        this.folder = folder;
        this.results = results;
    }

    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        acpi(rows);
        invariantTsc(rows);
        hpet(rows);
        rows.add(none("the same call on pCPU 1", CPU1));
        rows.add(none("the same call", FIXED));
        return rows;
    }

    private void acpi(List<Row> rows) {
        Run run = run(ACPI);
        Damage slow = run.first("less than true time");
        String experiment = "clocksource=acpi, one call of 7.1 s on pCPU 0";
        rows.add(percent(experiment, "speed of the clock after it", "speed", speed(ACPI), speed(slow)));
        rows.add(seconds(experiment, "4.4.0", "it goes on so for", 5.5, slow.until() - slow.from()));
        double behind = -offMs("warpacpi7", "4.4.0") / 1000;
        rows.add(seconds(
                experiment,
                "4.4.0",
                "lost for good",
                behind,
                run.first("for good").first()));
    }

    private void invariantTsc(List<Row> rows) {
        Run run = run(INVARIANT);
        Damage back = run.first("stepped back");
        Damage forward = run.first("stepped forward");
        String experiment = "the same, a CPU with an invariant TSC";
        double step = -points(INVARIANT).get(0) / 1000;
        rows.add(seconds(experiment, "4.4.0ct", "steps back by", step, back.first()));
        rows.add(seconds(experiment, "4.4.0ct", "steps forward by", step, forward.first()));
        rows.add(new Row(
                experiment,
                "4.4.0ct",
                "the step back after the call's end",
                "s",
                0,
                back.from() - run.callEnd(),
                Compared.noise(0.01, "s")));
        rows.add(new Row(
                experiment,
                "4.4.0ct",
                "and forward again",
                "s",
                1.25,
                forward.from() - run.callEnd(),
                Compared.kind("1.0 to 1.5 s after it, between two observations", 1.0, 1.5, "s")));
    }

    private void hpet(List<Row> rows) {
        Run run = run(HPET);
        Damage slow = run.first("less than true time");
        Damage forward = run.first("stepped forward");
        Damage fast = run.first("more than true time");
        String experiment = "HPET of 100 MHz, one call of 56.4 s on pCPU 0";
        rows.add(percent(experiment, "speed of the clock after it", "speed", speed(HPET), speed(slow)));
        rows.add(seconds(experiment, "4.4.0", "it goes on so for about", 8, slow.until() - slow.from()));
        rows.add(seconds(
                experiment, "4.4.0", "and is then ahead by", 3.3, forward.first() + fast.first() - slow.first()));
    }

    private Row none(String experiment, Boot boot) {
        double most = points(boot).stream().mapToDouble(Math::abs).max().orElseThrow();
        return new Row(
                experiment,
                boot.real(),
                "the clock is off by at most",
                "ms",
                most,
                run(boot).damage().stream()
                        .mapToDouble(d -> d.first() * 1000)
                        .max()
                        .orElse(0),
                Compared.noise(0.02, "ms"));
    }

    private static Row seconds(String experiment, String version, String figure, double real, double model) {
        return new Row(experiment, version, figure, "s", real, model, Compared.TEN_PERCENT_OF_REAL);
    }

    private static Row percent(String experiment, String figure, String what, double real, double model) {
        return new Row(experiment, "4.4.0", figure, "%", real * 100, model * 100, Compared.TEN_PERCENT_OF_REAL);
    }

    private double speed(Boot boot) {
        return 1 + points(boot).get(0) / OBSERVED_MS;
    }

    private static double speed(Damage slow) {
        return 1 - slow.first() / (slow.until() - slow.from());
    }

    /** ms of system time minus TSC in the first observation. */
    private List<Double> points(Boot boot) {
        return results.texts(boot.real(), boot.name(), "clock ", "Xen system time minus TSC").stream()
                .limit(12)
                .map(us -> Double.parseDouble(us) / 1000)
                .toList();
    }

    /** ms of system time minus TSC at the end of both observations, of which the second begins anew. */
    private double offMs(String boot, String version) {
        List<String> us = results.texts(version, boot, "clock ", "Xen system time minus TSC");
        return (Double.parseDouble(us.get(us.size() / 2 - 1)) + Double.parseDouble(us.get(us.size() - 1))) / 1000;
    }

    private Run run(Boot boot) {
        double callMs = results.numbers(boot.real(), boot.name(), "clock call of n=" + boot.pages(), "duration")[0];
        long start = 3 * SECOND + boot.calibratedMs() * 1_000_000;
        var outcome = new Machine(folder, boot.version(), 2)
                .guest("victim", 122_880, "paused = true")
                .calls(
                        boot.cpu(),
                        "operation = set_mem_access, target = victim, access = r, pages = %d, start = %dns, repeat = 1"
                                .formatted(boot.pages(), start))
                .set("hosts.h.xen.time-at-start=0ms")
                .set("hosts.h.xen.command-line=\"clocksource=" + boot.clock() + "\"")
                .set("hosts.h.xen.hpet-frequency=100MHz")
                .set("hosts.h.xen.invariant-tsc=" + boot.real().endsWith("ct"))
                .set("costs.p2m-entry=" + Math.round(callMs * Machine.MS / boot.pages()) + "ns")
                .run(Math.round(callMs / 1000) + 30 + "s");
        List<Damage> damage = outcome.report().incidents().stream()
                .filter(i -> i.kind().equals("clock-damage"))
                .map(Clocks::damage)
                .toList();
        return new Run(Machine.calls(outcome, "set_mem_access").get(0).end() / 1e9, damage);
    }

    private static Damage damage(Incident incident) {
        Matcher matcher = SECONDS.matcher(incident.detail());
        List<Double> seconds = new ArrayList<>();
        while (matcher.find()) {
            seconds.add(Double.parseDouble(matcher.group(1)));
        }
        return new Damage(incident.timeNs() / 1e9, List.copyOf(seconds), incident.detail());
    }
}
