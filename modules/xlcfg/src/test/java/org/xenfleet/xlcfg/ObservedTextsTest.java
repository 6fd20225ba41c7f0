package org.xenfleet.xlcfg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/**
 * Drawn texts against what libxlutil made of each ({@link Observed}): {@code accept} and the check sum of what it holds,
 * or {@code reject} and the line of its first message, or {@code crash}. Pins neither the wording nor what is said
 * after the first error.
 */
class ObservedTextsTest {
    @Test
    void shouldMakeOfEachTextWhatLibxlutilMakesOfIt() {
        List<byte[]> texts = Observed.texts();
        List<String> observed = Observed.lines("observed-texts.txt");
        assertThat(observed).hasSameSizeAs(texts);
        assertThat(observed).anyMatch("crash"::equals).anyMatch(o -> o.endsWith(" newline"));
        assertThat(observed.stream().filter(o -> o.startsWith("accept")).count())
                .isBetween(500L, 4500L);
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String found = found(texts.get(i), observed.get(i));
            if (!found.equals(observed.get(i))) {
                String text = new String(texts.get(i), StandardCharsets.ISO_8859_1);
                differences.add("seed " + Observed.SEED + ", text " + i + ": " + observed.get(i) + ", but found "
                        + found + ": " + text);
            }
        }
        assertThat(differences).isEmpty();
    }

    /** In the words of the observation, which is given because it tells what cannot be told from a refusal alone. */
    private static String found(byte[] text, String observed) {
        try {
            return "accept " + checkSum(XlParser.parse("drawn", text));
        } catch (XlSyntaxException refused) {
            if (observed.equals("crash")) {
                return observed;
            }
            boolean newline = observed.endsWith(" newline");
            return "reject " + (refused.line() - (newline ? 1 : 0)) + (newline ? " newline" : "");
        }
    }

    private static String checkSum(XlFile file) {
        StringBuilder held = new StringBuilder();
        SettingReader reader = new SettingReader(file);
        for (XlSetting setting : file.held()) {
            OptionalLong number = reader.numberIfAny(setting.name());
            held.append(setting.name())
                    .append(setting.operator())
                    .append(setting.line())
                    .append(' ');
            append(held, setting.value());
            held.append(" #")
                    .append(number.isPresent() ? number.getAsLong() : "-")
                    .append('\n');
        }
        CRC32 crc = new CRC32();
        crc.update(held.toString().getBytes(StandardCharsets.ISO_8859_1));
        return String.format("%08x", crc.getValue());
    }

    private static void append(StringBuilder out, XlValue value) {
        if (value instanceof XlValue.ListOf list) {
            out.append('[');
            list.items().forEach(item -> append(out, item));
            out.append(']');
        } else if (value instanceof XlValue.Scalar text) {
            out.append(text.text().length()).append(':').append(text.text());
        }
    }
}
