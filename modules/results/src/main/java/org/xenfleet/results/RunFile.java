package org.xenfleet.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a run was begun, {@code run.json}: written before anything is simulated, so that a run whose processes died can be taken up
 * again. Immutable.
 *
 * @param id of the run, letters and digits
 * @param program version of Xenfleet
 * @param model version of the physics
 * @param command the words of the command line after the program's name
 * @param inputs every file that the scenario was read from
 * @param store where checkpoints are if it is not the folder {@code checkpoints} of the run, without secrets
 * @param recording whether the state of every host at every second is kept
 * @param shardHosts most hosts of a shard, if the user said so
 * @param from the directory and the instant in ns that it branches from, if it does
 */
public record RunFile(
        String id,
        String program,
        String model,
        List<String> command,
        Instant started,
        List<Manifest.Input> inputs,
        Optional<String> store,
        boolean recording,
        OptionalLong shardHosts,
        Optional<Branch> from) {
    private static final String NAME = "run.json";

    /** @param directory of the run that it branches from */
    public record Branch(String directory, long atNs) {}

    void write(Path folder) throws IOException {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("id", id);
        root.put("xenfleet", program);
        root.put("model", model);
        ArrayNode words = root.putArray("command");
        command.forEach(words::add);
        root.put("started", started.toString());
        root.put("recording", recording);
        store.ifPresent(place -> root.put("store", place));
        shardHosts.ifPresent(most -> root.put("shard_hosts", most));
        from.ifPresent(trunk ->
                root.putObject("from").put("directory", trunk.directory()).put("at_ns", trunk.atNs()));
        ArrayNode files = root.putArray("inputs");
        inputs.forEach(input -> files.addObject().put("path", input.path()).put("sha256", input.sha256()));
        Path draft = folder.resolve("." + NAME);
        Files.writeString(draft, JsonText.pretty(root));
        Files.move(draft, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    }

    /** @throws IOException with a sentence if the folder has none, or one that cannot be understood */
    public static RunFile read(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            throw new IOException(folder + " is not the directory of a run: it has no " + NAME + ".");
        }
        try {
            return of(JsonMapper.shared().readTree(Files.readString(file)));
        } catch (JacksonException | DateTimeParseException | IllegalArgumentException e) {
            throw new IOException(file + " cannot be understood: " + e.getMessage(), e);
        }
    }

    private static RunFile of(JsonNode root) {
        List<String> command = new ArrayList<>();
        root.path("command").forEach(word -> command.add(word.asString()));
        List<Manifest.Input> inputs = new ArrayList<>();
        root.path("inputs")
                .forEach(input -> inputs.add(new Manifest.Input(
                        input.path("path").asString(), input.path("sha256").asString())));
        JsonNode from = root.path("from");
        return new RunFile(
                text(root, "id"),
                text(root, "xenfleet"),
                text(root, "model"),
                command,
                Instant.parse(text(root, "started")),
                inputs,
                root.has("store") ? Optional.of(text(root, "store")) : Optional.empty(),
                root.path("recording").asBoolean(),
                root.has("shard_hosts")
                        ? OptionalLong.of(root.path("shard_hosts").asLong())
                        : OptionalLong.empty(),
                from.isObject()
                        ? Optional.of(new Branch(
                                text(from, "directory"), from.path("at_ns").asLong()))
                        : Optional.empty());
    }

    private static String text(JsonNode node, String member) {
        JsonNode value = node.path(member);
        if (!value.isString()) {
            throw new IllegalArgumentException("it has no text '" + member + "'");
        }
        return value.asString();
    }
}
