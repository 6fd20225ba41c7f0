package org.xenfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** {@code validate --xl --format json} over real files, as a user starts it. Skipped where the folder is not there. */
class XlCorpusTest {
    private static final Path CORPUS = Path.of("..", "..", "..", "shared", "xl-corpus");
    private static final JsonMapper JSON = new JsonMapper();

    private final Captured captured = new Captured();

    @Test
    void shouldSayOfEveryFileWhatLibxlutilSays() throws IOException {
        Path expected = CORPUS.resolve("expected.jsonl");
        assumeTrue(Files.exists(expected), () -> "There is no corpus at " + expected.toAbsolutePath());
        List<JsonNode> cases =
                Files.readAllLines(expected).stream().map(JSON::readTree).toList();
        List<String> command = new ArrayList<>(List.of("validate", "--xl", "--format", "json"));
        cases.forEach(c -> command.add(CORPUS.resolve(c.path("file").asString()).toString()));

        assertThat(captured.run(command.toArray(String[]::new))).isEqualTo(Exit.BAD_INPUT);

        List<JsonNode> lines = captured.out().lines().map(JSON::readTree).toList();
        assertThat(lines).hasSameSizeAs(cases);
        for (int i = 0; i < cases.size(); i++) {
            compare(lines.get(i), cases.get(i));
        }
    }

    private static void compare(JsonNode line, JsonNode expected) {
        JsonNode xlu = expected.path("xlu");
        assertThat(line.path("file").asString()).endsWith(expected.path("file").asString());
        assertThat(line.path("result").asString()).isEqualTo(xlu.path("result").asString());
        if (xlu.path("first_error_line").isNull()) {
            assertThat(line.path("first_error_line").isNull()).isTrue();
        } else {
            boolean newline = xlu.path("messages").path(0).asString().contains("unexpected NEWLINE");
            int first = xlu.path("first_error_line").asInt();
            assertThat(line.path("first_error_line").asInt()).isBetween(first, first + (newline ? 1 : 0));
        }
        ArrayNode settings = JSON.createArrayNode();
        for (JsonNode s : xlu.path("settings")) {
            settings.add(JSON.createArrayNode()
                    .add(s.path(0))
                    .add(s.path(1))
                    .add(s.path(2))
                    .add(s.path(5)));
        }
        assertThat(line.path("settings")).isEqualTo(settings);
        if (expected.path("xl").path("exit").asInt() == 0) {
            assertThat(line.path("message").asString()).doesNotContain("does not describe a guest");
        }
    }
}
