package org.xenfleet.scenario;

import com.typesafe.config.ConfigObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;

/** Reads scenario files. Stateless; any thread may use it. */
public final class ScenarioLoader {
    private ScenarioLoader() {}

    /** Hosts of a scenario that nobody is going to run, by their key. */
    public record JudgedHosts(SortedMap<String, HostSpec> hosts, List<Notice> notices) {
        public JudgedHosts {
            notices = List.copyOf(notices);
        }
    }

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
            return read(new Findings(false), file, settings, seed, durationNs);
        } catch (Refused e) {
            throw new ScenarioException(List.of(e.problem()));
        }
    }

    /**
     * As {@link #load}, but takes hypervisors that cannot be simulated, or not even be built: a release that the model does not
     * know, one for Arm, a 32-bit one of 4.3. Of those {@link XenSpec#release}, {@link XenSpec#bits} and {@link XenSpec#arch}
     * say what the file asks for, and nothing else of the hypervisor means anything.
     */
    public static JudgedHosts loadToJudge(Path file) throws ScenarioException {
        try {
            LoadedScenario loaded =
                    read(new Findings(true), file, List.of(), OptionalLong.empty(), OptionalLong.empty());
            return new JudgedHosts(loaded.scenario().hosts(), loaded.notices());
        } catch (Refused e) {
            throw new ScenarioException(List.of(e.problem()));
        }
    }

    private static LoadedScenario read(
            Findings findings, Path file, List<String> settings, OptionalLong seed, OptionalLong durationNs)
            throws ScenarioException {
        Sources sources = new Sources(file);
        Hocon hocon = new Hocon(sources);
        List<Hocon.Setting> all = new ArrayList<>();
        settings.forEach(s -> all.add(new Hocon.Setting("--set", s)));
        seed.ifPresent(s -> all.add(new Hocon.Setting("--seed", "seed=" + s)));
        durationNs.ifPresent(d -> all.add(new Hocon.Setting("--duration", "duration=" + d + "ns")));
        ConfigObject object = hocon.read(all);
        String top = sources.top().display();
        Section root = Section.root(hocon, findings, object, Place.of(top));
        Scenario scenario = new ScenarioReader(root, sources).read();
        findings.throwIfAny(top);
        return new LoadedScenario(scenario, findings.notices(), Json.write(root.out()), sources.inputs());
    }
}
