package org.xenfleet.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.xenfleet.results.OutputException;
import org.xenfleet.scenario.Problem;
import org.xenfleet.scenario.ScenarioException;
import org.xenfleet.scenario.ScenarioLoader;

/** Validates files one by one and says of each what it found. Stateless but for where it writes. */
final class ValidateAction {
    private final Streams streams;
    private final boolean xl;
    private final boolean json;
    private final boolean quiet;

    ValidateAction(Streams streams, boolean xl, boolean json, boolean quiet) {
        this.streams = streams;
        this.xl = xl;
        this.json = json;
        this.quiet = quiet;
    }

    /** All files, in their order; answers the exit code. */
    int run(List<Path> files) throws OutputException {
        boolean allAccepted = true;
        for (Path file : files) {
            Validation validation = xl ? XlValidation.of(file) : scenario(file);
            allAccepted &= validation.isAccepted();
            tell(validation);
        }
        return allAccepted ? Exit.OK : Exit.BAD_INPUT;
    }

    private static Validation scenario(Path file) {
        String name = file.toString();
        try {
            List<String> notes =
                    ScenarioLoader.load(file, List.of(), OptionalLong.empty(), OptionalLong.empty()).notices().stream()
                            .map(Object::toString)
                            .toList();
            return Validation.accepted(name, notes, List.of());
        } catch (ScenarioException e) {
            int line = e.problems().stream()
                    .filter(problem -> problem.file().equals(name))
                    .mapToInt(Problem::line)
                    .filter(number -> number > 0)
                    .findFirst()
                    .orElse(0);
            return Validation.rejected(
                    name, e.problems().stream().map(Problem::toString).toList(), line);
        }
    }

    private void tell(Validation validation) throws OutputException {
        if (json) {
            streams.print(ValidationLine.of(validation) + "\n");
            return;
        }
        validation.errors().forEach(error -> streams.say("error: " + error));
        if (!quiet) {
            validation.notes().forEach(note -> streams.say("info: " + note));
        }
        streams.print(validation.file() + ": " + (validation.isAccepted() ? "accepted" : "rejected") + "\n");
    }
}
