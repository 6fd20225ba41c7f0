package org.xenfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
