package org.xenfleet.scenario;

import com.typesafe.config.ConfigObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Reads scenario files. Stateless; any thread may use it. */
public final class ScenarioLoader {
    private ScenarioLoader() {}

    /**
     * Reads and validates a scenario. Errors of syntax and of includes end the reading at the first; all others are
     * collected, up to a hundred.
     *
     * @param settings {@code key=value} each, the value in HOCON; they win over the files, later ones over earlier; a
     *     file that one names is relative to the scenario's folder
     * @param seed wins over everything else
     * @param durationNs wins over everything else
     * @throws ScenarioException with every problem found; nothing was written
     */
    public static LoadedScenario load(Path file, List<String> settings, OptionalLong seed, OptionalLong durationNs)
            throws ScenarioException {
        try {
            return read(file, settings, seed, durationNs);
        } catch (Refused e) {
            throw new ScenarioException(List.of(e.problem()));
        }
    }

    private static LoadedScenario read(Path file, List<String> settings, OptionalLong seed, OptionalLong durationNs)
            throws ScenarioException {
        Sources sources = new Sources(file);
        Hocon hocon = new Hocon(sources);
        List<Hocon.Setting> all = new ArrayList<>();
        settings.forEach(s -> all.add(new Hocon.Setting("--set", s)));
        seed.ifPresent(s -> all.add(new Hocon.Setting("--seed", "seed=" + s)));
        durationNs.ifPresent(d -> all.add(new Hocon.Setting("--duration", "duration=" + d + "ns")));
        ConfigObject object = hocon.read(all);
        Findings findings = new Findings();
        String top = sources.top().display();
        Section root = Section.root(hocon, findings, object, Place.of(top));
        Scenario scenario = new ScenarioReader(root, new XlFiles(sources)).read();
        findings.throwIfAny(top);
        return new LoadedScenario(scenario, findings.notices(), Json.write(root.out()), sources.inputs());
    }
}
