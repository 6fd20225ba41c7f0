package org.xenfleet.xlcfg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.xenfleet.xlcfg.Xl.refusal;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every rule and trap of part 1 of xlcfg-grammar, each with a few texts and what libxlutil makes of them ({@link
 * Observed}). Pins neither the wording nor what is said after the first error.
 */
class WrittenTextsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<JsonNode> CASES =
            Observed.lines("texts.jsonl").stream().map(JSON::readTree).toList();

    @Test
    void shouldHaveTextsOfEveryKind() {
        assertThat(CASES).hasSize(279);
        assertThat(CASES).extracting(c -> c.path("result").asString()).contains("accept", "reject", "crash");
        assertThat(CASES)
                .extracting(c -> c.path("rule").asString().substring(0, 3))
                .contains("1.1", "1.2", "1.3", "1.4", "1.5");
    }

    @TestFactory
    Stream<DynamicTest> shouldReadAsLibxlutilDoes() {
        return CASES.stream()
                .map(c -> dynamicTest(c.path("rule").asString() + ": " + c.path("text"), () -> compare(c)));
    }

    private static void compare(JsonNode wanted) throws XlSyntaxException {
        String text = wanted.path("text").asString();
        switch (wanted.path("result").asString()) {
            case "accept" -> compareSettings(Xl.parse(text), wanted);
            case "crash" -> assertThat(refusal(text)).isNotNull();
            default -> {
                // For a newline that comes too early xl names the line before it.
                int line = wanted.path("line").asInt() + (wanted.path("newline").asBoolean() ? 1 : 0);
                assertThat(refusal(text).line()).isEqualTo(line);
            }
        }
    }

    private static void compareSettings(XlFile file, JsonNode wanted) {
        SettingReader reader = new SettingReader(file);
        List<List<Object>> held = new ArrayList<>();
        for (XlSetting setting : file.held()) {
            held.add(List.of(setting.name(), setting.operator(), setting.line(), tree(setting.value())));
            OptionalLong number = reader.numberIfAny(setting.name());
            JsonNode wantedNumber = wanted.path("numbers").path(setting.name());
            assertThat(number)
                    .isEqualTo(wantedNumber.isNull() ? OptionalLong.empty() : OptionalLong.of(wantedNumber.asLong()));
        }
        assertThat(held)
                .hasToString(
                        JSON.convertValue(wanted.path("settings"), List.class).toString());
    }

    private static Object tree(XlValue value) {
        return value instanceof XlValue.ListOf list
                ? list.items().stream().map(WrittenTextsTest::tree).toList()
                : ((XlValue.Scalar) value).text();
    }
}
