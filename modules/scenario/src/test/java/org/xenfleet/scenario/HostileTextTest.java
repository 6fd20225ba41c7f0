package org.xenfleet.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts made to hurt a parser end in a sentence, soon: no stack overflow, no endless work, no raw exception. */
class HostileTextTest {
    @TempDir
    Path temp;

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    @Timeout(20)
    void endsInASentence(String what, String text) {
        assertThat(new Folder(temp).file("s.conf", text).problems())
                .as(what)
                .isNotEmpty()
                .allMatch(
                        p -> !p.message().contains("Exception") && !p.message().contains("#0"))
                .allMatch(p -> p.message().length() < 2_000);
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("keys of one block, one by one", lines(90_000, "hosts.h.x%d=1\n")),
                Arguments.of("one block opened again and again", lines(60_000, "hosts{x%d=1}\n")),
                Arguments.of("a chain of substitutions", chain(9_000)),
                Arguments.of("a list that grows", "a=[1]\n" + "a+=1\n".repeat(30_000)),
                Arguments.of("a list of lists side by side", "a=" + "[1]".repeat(60_000)),
                Arguments.of("a text that grows", "a=x\n" + "a=${a}y\n".repeat(30_000)),
                Arguments.of("objects that refer to each other twice", objects(60)),
                Arguments.of("a cycle of substitutions", "a=${b}\nb=${a}\n"),
                Arguments.of("closing brackets", "]".repeat(100_000)),
                Arguments.of("an endless quoted text", "a=\"" + "x".repeat(1_000_000)),
                Arguments.of("an endless triple quoted text", "a=\"\"\"" + "\n".repeat(1_000_000)),
                Arguments.of("a number of a million digits", "seed=" + "\"" + "9".repeat(1_000_000) + "\""),
                Arguments.of("a number with a huge exponent", "seed=1e999999999"),
                Arguments.of("an unquoted key of colons", ":".repeat(100_000)),
                Arguments.of("escapes", "a=\"" + "\\u0000\\uD800\\x" + "\""),
                Arguments.of("a wide list", "expect=[" + "1,".repeat(190_000) + "]"),
                Arguments.of("unknown keys", lines(90_000, "k%d=1\n")));
    }

    private static String lines(int count, String format) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(String.format(format, i));
        }
        return text.toString();
    }

    private static String chain(int length) {
        StringBuilder text = new StringBuilder("c0=1\n");
        for (int i = 1; i < length; i++) {
            text.append("c").append(i).append("=${c").append(i + 1).append("}\n");
        }
        return text.toString();
    }

    private static String objects(int depth) {
        StringBuilder text = new StringBuilder("o0 { x = 1 }\n");
        for (int i = 1; i < depth; i++) {
            text.append(String.format("o%d { p = ${o%d}, q = ${o%d} }%n", i, i - 1, i - 1));
        }
        return text.toString();
    }
}
