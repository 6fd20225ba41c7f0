package org.xenfleet.results;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a run came from and how it ended: what is needed to repeat it. Immutable.
 *
 * @param program version of Xenfleet
 * @param model version of the physics
 * @param java version and vendor of the Java machine
 * @param system name, version and architecture of the operating system
 * @param command the words of the command line after the program's name
 * @param outcome why the run ended, such as {@code done} or {@code stopped}
 * @param inputs every file that the scenario was read from
 */
public record Manifest(
        String program,
        String model,
        String java,
        String system,
        List<String> command,
        Instant started,
        Instant ended,
        String outcome,
        List<Input> inputs) {

    /** @param sha256 of its bytes, 64 lower-case hexadecimal digits */
    public record Input(String path, String sha256) {}

    String toJson(RunSummary summary) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("xenfleet", program);
        root.put("model", model);
        root.put("java", java);
        root.put("os", system);
        ArrayNode words = root.putArray("command");
        command.forEach(words::add);
        root.put("started", started.toString());
        root.put("ended", ended.toString());
        root.put("outcome", outcome);
        root.put("verdict", summary.verdict().label());
        root.put("partial", summary.facts().partial());
        root.put("scenario", summary.facts().scenario());
        root.put("seed", summary.facts().seed());
        root.put("digest", summary.facts().digest());
        ArrayNode files = root.putArray("inputs");
        inputs.forEach(input -> files.addObject().put("path", input.path()).put("sha256", input.sha256()));
        return JsonText.pretty(root);
    }
}
