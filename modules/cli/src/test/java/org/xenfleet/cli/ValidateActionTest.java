package org.xenfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidateActionTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Captured captured = new Captured();

    @Test
    void shouldPrintEveryAssignmentOfAnXlFileAsOneLineOfJson() throws Exception {
        Path file = write("guest.cfg", "name = \"web\"\nmemory = 512\ndisk = [ 'a', ['b'], ]\nname += 'é'\n");

        assertThat(captured.run("validate", "--xl", "--format", "json", file.toString()))
                .isZero();

        assertThat(captured.out())
                .startsWith("{\"file\":\"" + file + "\",\"result\":\"accept\",\"first_error_line\":null,\"message\":")
                .endsWith(",\"settings\":[[\"name\",\"=\",1,\"web\"],[\"memory\",\"=\",2,\"512\"],"
                        + "[\"disk\",\"=\",3,[\"a\",[\"b\"]]],[\"name\",\"+=\",4,\"webé\"]]}\n");
    }

    @Test
    void shouldNameTheLineOfTheFirstErrorOfARejectedXlFile() throws Exception {
        Path file = write("guest.cfg", "name = \"web\"\nmemory = = 512\n");

        assertThat(captured.run("validate", "--xl", "--format", "json", file.toString()))
                .isEqualTo(2);

        assertThat(captured.out())
                .contains("\"result\":\"reject\",\"first_error_line\":2,\"message\":\"" + file + ":2: ")
                .endsWith(",\"settings\":[]}\n");
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                ";# a NUL in a comment\\0\\n | accept | null | []",
                "a='x\\0y'\\n              | reject | 1    | []",
                "a=1\\0                      | accept | null | [[\"a\",\"=\",1,\"1\"]]",
                "a=1\\r\\nb=2\\r\\n          | reject | 1    | []",
                "a=1                          | accept | null | [[\"a\",\"=\",1,\"1\"]]",
                "a=1\\n#                     | accept | null | [[\"a\",\"=\",1,\"1\"]]",
                "a=1\\n#x                    | reject | 2    | []",
                "a='\\xff\\xc3'             | accept | null | [[\"a\",\"=\",1,\"\\xff\\xc3\"]]",
                "a='\\xc3\\xa4'             | accept | null | [[\"a\",\"=\",1,\"\\xe4\"]]",
                "a=[[],[1,['x']]];a+=[2]\\n | accept | null | [[\"a\",\"=\",1,[]],[\"a\",\"+=\",1,[[],[\"1\",[\"x\"]],\"2\"]]]",
                "``                           | accept | null | []",
            })
    void shouldTakeByteStrangeFilesAsXlDoes(String text, String result, String line, String settings) throws Exception {
        Path file = folder.resolve("strange.cfg");
        Files.write(file, bytes(text).getBytes(StandardCharsets.ISO_8859_1));

        captured.run("validate", "--xl", "--format", "json", file.toString());

        assertThat(captured.out())
                .startsWith(
                        "{\"file\":\"" + file + "\",\"result\":\"" + result + "\",\"first_error_line\":" + line + ",")
                .endsWith(",\"settings\":" + bytes(settings) + "}\n")
                .hasLineCount(1);
    }

    /** The text with its escapes made bytes, one char each. */
    private static String bytes(String text) {
        return Pattern.compile("\\\\x([0-9a-f]{2})")
                .matcher(text.replace("\\0", "\0").replace("\\n", "\n").replace("\\r", "\r"))
                .replaceAll(m -> String.valueOf((char) Integer.parseInt(m.group(1), 16)));
    }

    @Test
    void shouldPrintTheDeepestListAndALongLine() throws Exception {
        String deep = "[".repeat(4996) + "]".repeat(4996);
        String line = "x".repeat(1 << 20);
        Path file = write("guest.cfg", "a=" + deep + "\nb='" + line + "'\n");

        assertThat(captured.run("validate", "--xl", "--format", "json", file.toString()))
                .isZero();

        assertThat(captured.out())
                .endsWith(",\"settings\":[[\"a\",\"=\",1," + deep + "],[\"b\",\"=\",2,\"" + line + "\"]]}\n");
    }

    @Test
    void shouldTellOfAGuestThatXlRefusesAndOfItsWarnings() throws Exception {
        Path refused = write("refused.cfg", "name = 'a'\ntype = 'hvm'\ndisk = [ '/dev/a,raw' ]\n");
        Path old = write("old.cfg", "name = 'a'\ntype = 'hvm'\nvcpus = 1\nvif = [ 'netdev=x' ]\ntimer_mode = 2\n");

        assertThat(captured.run("validate", "--xl", "" + refused, "" + old)).isZero();

        assertThat(captured.err())
                .contains("info: " + refused + ": well-formed, but it does not describe a guest")
                .contains("info: " + refused + ":3: `disk` \"/dev/a,raw\": no vdev")
                .contains("info: " + old + ":4: `vif` \"netdev=x\": netdev is deprecated; it is gatewaydev now")
                .contains("info: " + old + ":5: `timer_mode` as a number is deprecated;")
                .contains("info: " + old + ": not modelled: timer_mode, vif");
    }

    @Test
    void shouldReadNothingButRegularFiles() {
        assumeTrue(Files.exists(Path.of("/dev/zero")));

        assertThat(captured.run("validate", "--xl", "/dev/zero")).isEqualTo(2);

        assertThat(captured.err()).contains("error: /dev/zero: it is no regular file");
    }

    @Test
    void shouldJudgeEveryFileAndRejectTheWholeIfOneIsBad() throws Exception {
        Path good = write("good.cfg", "name = 'a'\nmemory = 512\n");
        Path bad = write("bad.cfg", "name = [\n");
        Path missing = folder.resolve("missing.cfg");

        assertThat(captured.run("validate", good.toString(), bad.toString(), "--xl", missing.toString(), "" + folder))
                .isEqualTo(2);

        assertThat(captured.out())
                .isEqualTo(good + ": accepted\n" + bad + ": rejected\n" + missing + ": rejected\n" + folder
                        + ": rejected\n");
        assertThat(captured.err())
                .contains("error: " + missing + ": there is no such file", "error: " + folder + ": it is a directory");
    }

    @Test
    void shouldValidateScenarios() throws Exception {
        Path good = write("good.conf", """
                name = tiny
                duration = 2s
                hosts { h { cpus = 1, memory = 4GiB, xen { version = "4.4.0" }, dom0 { vcpus = 1, memory = 1GiB } } }
                pools { p { host = h, count = 1 } }
                """);
        Path bad = write("bad.conf", "name = tiny\nduratoin = 2s\n");

        assertThat(captured.run("validate", good.toString())).isZero();
        assertThat(captured.run("validate", "--format=json", bad.toString())).isEqualTo(2);

        assertThat(captured.out())
                .startsWith(good + ": accepted\n{\"file\":\"" + bad + "\",\"result\":\"reject\",\"first_error_line\":")
                .contains("duratoin")
                .endsWith("\"settings\":[]}\n");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
    }
}
