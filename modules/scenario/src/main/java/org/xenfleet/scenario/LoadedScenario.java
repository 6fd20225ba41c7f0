package org.xenfleet.scenario;

import java.util.List;

/**
 * A scenario with what belongs in a run's manifest. Immutable.
 *
 * @param notices each once, in order of place
 * @param resolvedText the whole scenario with all defaults, as HOCON that is also JSON; loading it from the scenario's
 *     folder, without settings, gives an equal {@link Scenario}
 * @param inputs the top file first, then the others by path
 */
public record LoadedScenario(Scenario scenario, List<Notice> notices, String resolvedText, List<InputFile> inputs) {
    public LoadedScenario {
        notices = List.copyOf(notices);
        inputs = List.copyOf(inputs);
    }
}
