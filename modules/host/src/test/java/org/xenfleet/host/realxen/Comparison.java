package org.xenfleet.host.realxen;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** One experiment as it was measured and as it is modelled. */
record Comparison(Experiment experiment, List<Line> lines) {
    /** @param exclusion why the two need not agree; empty when they must */
    record Line(String guest, Figure figure, String real, String ours, boolean agrees, Optional<String> exclusion) {
        boolean isMet() {
            return agrees || exclusion.isPresent();
        }

        @Override
        public String toString() {
            return "%s: %s: real %s, ours %s".formatted(guest, figure.title, real, ours);
        }
    }

    static Comparison of(Experiment experiment, Measurements measurements, Map<String, Figures> modelled) {
        List<Line> lines = new ArrayList<>();
        for (String guest : experiment.domains()) {
            Figures ours = Objects.requireNonNull(modelled.get(guest));
            Optional<Figures> measured = measurements.of(experiment, guest);
            if (measured.isEmpty()) {
                boolean never = ours.runs() == 0 && ours.share() == 1;
                lines.add(new Line(
                        guest,
                        Figure.RUN_SET,
                        "never leaves",
                        never ? "never leaves" : ours.runs() + " runs",
                        never,
                        Optional.empty()));
                continue;
            }
            Figures real = measured.get();
            for (Figure figure : Figure.values()) {
                if (figure.applies(experiment, guest, real)) {
                    lines.add(new Line(
                            guest,
                            figure,
                            figure.text(experiment, real),
                            figure.text(experiment, ours),
                            figure.agree(experiment, real, ours),
                            experiment.exclusion(guest, figure).map(Experiment.Exclusion::reason)));
                }
            }
        }
        return new Comparison(experiment, List.copyOf(lines));
    }

    boolean isMet() {
        return lines.stream().allMatch(Line::isMet);
    }

    List<Line> failures() {
        return lines.stream().filter(line -> !line.isMet()).toList();
    }
}
