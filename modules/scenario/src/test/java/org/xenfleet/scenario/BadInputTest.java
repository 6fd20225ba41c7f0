package org.xenfleet.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The "Bad input" list of issue 2, and what is like it. Nothing here may take two seconds. */
@Timeout(2)
class BadInputTest {
    @TempDir
    Path temp;

    private Folder folder;

    @BeforeEach
    void makeFolder() {
        folder = new Folder(temp);
    }

    @Test
    void anUnknownKeyIsRefusedWithItsPlaceAndASuggestion() {
        folder.scenario("hosts.h.dom0 { vcpu = 2 }\n");
        assertThat(folder.problem())
                .isEqualTo("s.conf:6:16: unknown key 'vcpu' in hosts.h.dom0; did you mean 'vcpus'?");
    }

    @Test
    void aKeyLikeNoOtherIsAnsweredWithTheKnownOnes() {
        folder.scenario("pools.p.colour = red\n");
        assertThat(folder.problem())
                .isEqualTo("s.conf:6:9: unknown key 'colour' in pools.p; known are host, count, copies, channel");
    }

    @Test
    void aWrongUnitIsNamedWithTheRightOnes() {
        folder.scenario("duration = 60GiB\n");
        assertThat(folder.problem())
                .isEqualTo("s.conf:6:1: duration = 60GiB has the unit 'GiB' of a size, but a duration is needed; its"
                        + " units are ns, us, ms, s, m, h; it must be a duration from 1ns to 1000000h with a unit (ns,"
                        + " us, ms, s, m, h)");
    }

    @Test
    void aMissingXlFileIsRefusedWhereItIsNamed() {
        folder.scenario("hosts.h.domains.g.xl = \"xl/h.cfg\"\n");
        assertThat(folder.problem())
                .isEqualTo("s.conf:6:19: there is no xl file 'xl/h.cfg' (looked for xl/h.cfg); did you mean 'g.cfg'?");
    }

    @Test
    void anErrorOfSyntaxInAnXlFileIsRefusedAtTheLineOfTheXlFile() {
        folder.scenario("").file("xl/g.cfg", "name = \"g\"\nmemory = oops\n");
        assertThat(folder.problem()).startsWith("xl/g.cfg:2: config parsing error near `oops'");
    }

    @Test
    void aNegativeCountIsRefused() {
        folder.scenario("pools.p.count = -3\n");
        assertThat(folder.problem())
                .isEqualTo("s.conf:6:9: pools.p.count = -3 is out of range; it must be an integer from 1 to 1000000");
    }

    @Test
    void tenMillionBracketsAreRefusedAtTheHundredAndFirst() {
        folder.file("s.conf", "[".repeat(10_000_000));
        assertThat(folder.problem()).isEqualTo("s.conf:1:101: brackets are nested deeper than 100");
    }

    @Test
    void bracketsInTextsAndCommentsDoNotCount() throws ScenarioException {
        String many = "[{".repeat(200);
        folder.scenario("# " + many + "\n// " + many + "\nexpect = [\"" + many + "\", \"\"\"" + many + "\n\"\"\"]\n");
        assertThat(folder.problems()).hasSize(2).allMatch(p -> p.message().contains("PATH OP NUMBER"));
    }

    @Test
    void filesThatIncludeEachOtherAreRefusedWithTheChain() {
        folder.file("s.conf", "name = s\ninclude \"a.conf\"\n").file("a.conf", "\n  include \"s.conf\"\n");
        assertThat(folder.problem()).isEqualTo("a.conf:2:3: the files include each other: s.conf -> a.conf -> s.conf");
    }

    @Test
    void anEmptyFileIsRefused() {
        folder.file("s.conf", "");
        assertThat(folder.problem())
                .isEqualTo("s.conf: is empty; a scenario has at least name, duration, hosts and pools");
    }

    @Test
    void aBinaryIsRefused() throws IOException {
        Files.write(temp.resolve("s.conf"), new byte[] {'a', '\n', 0x7F, 'E', 'L', 'F', 0, 1});
        assertThat(folder.problem())
                .isEqualTo("s.conf:2: is not a text file: it has a NUL byte at offset 6; give a HOCON text");
        Files.write(temp.resolve("s.conf"), new byte[] {'a', (byte) 0xFF});
        assertThat(folder.problem()).contains("the byte 0xFF, which is not UTF-8, at offset 1");
    }

    @Test
    void aDirectoryAndAMissingFileAreRefused() throws IOException {
        assertThat(folder.problem()).isEqualTo("s.conf: there is no such file");
        Files.createDirectory(temp.resolve("s.conf"));
        assertThat(folder.problem()).isEqualTo("s.conf: is a directory; a file is needed");
    }

    @Test
    void moreThanSixteenMebibytesAreRefused() throws IOException {
        byte[] much = new byte[(16 << 20) + 1];
        Arrays.fill(much, (byte) '\n');
        Files.write(temp.resolve("s.conf"), much);
        assertThat(folder.problem()).isEqualTo("s.conf: is longer than 16 MiB");
    }

    @Test
    void anErrorOfSyntaxHasItsLine() {
        folder.file("s.conf", "name = s\nhosts { a { cpus = 1 }\n\n}}\n");
        assertThat(folder.problem()).startsWith("s.conf:4: is not valid HOCON: ");
    }

    @Test
    void textsThatWouldMakeTheParserSlowAreRefused() {
        folder.file("s.conf", "name = " + "1 ".repeat(1_000_000));
        assertThat(folder.problem()).startsWith("s.conf:1:208: a value is put together from more than 100 pieces");
        folder.file("s.conf", "name = " + "true".repeat(1_000_000));
        assertThat(folder.problem()).contains("an unquoted text is longer than 2000 bytes");
        folder.file("s.conf", "a" + ".a".repeat(500) + " = 1");
        assertThat(folder.problem()).contains("a key is nested deeper than 100");
        folder.file("s.conf", "[" + "1,".repeat(300_000));
        assertThat(folder.problem()).contains("more than 200000 keys and values");
    }

    @Test
    void substitutionsThatGrowExponentiallyAreRefused() {
        StringBuilder bomb = new StringBuilder("a0 = xxxxxxxxxx\n");
        for (int i = 1; i <= 60; i++) {
            bomb.append("a" + i + " = ${a" + (i - 1) + "}${a" + (i - 1) + "}\n");
        }
        folder.file("s.conf", bomb.toString());
        assertThat(folder.problem()).contains("such chains are possible with at most 24");
    }

    @Test
    void aSubstitutionNeverReadsTheEnvironment() {
        folder.scenario("name = ${PATH}\n");
        assertThat(folder.problem())
                .startsWith("s.conf:6: is not valid HOCON: ")
                .contains("${PATH}")
                .contains("environment variables and system properties are not consulted")
                .doesNotContain("#0");
        folder.scenario("name = ${java.version}\n");
        assertThat(folder.problem()).contains("${java.version}");
    }

    @Test
    void everyProblemIsReportedInOrderOfPlace() {
        folder.scenario("seeds = 1\nreplications = 2\nwarm-up = 1s\n");
        assertThat(folder.problems()).extracting(Problem::line).containsExactly(6, 7, 8);
    }

    @Test
    void aFileWithoutAnythingLacksTheFourRequiredKeys() {
        folder.file("s.conf", "# nothing\n");
        List<Problem> problems = folder.problems();
        assertThat(problems)
                .extracting(Problem::message)
                .allMatch(m -> m.contains(" is missing; it must be "))
                .extracting(m -> m.substring(0, m.indexOf(' ')))
                .containsExactly("duration", "hosts", "name", "pools");
    }

    @Test
    void theTypeThatWasFoundIsNamed() {
        folder.scenario("hosts.h.cpus = [8]\n");
        assertThat(folder.problem())
                .isEqualTo("s.conf:6:9: hosts.h.cpus is a list [ ... ]; it must be an integer from 1 to 4096, for"
                        + " example cpus = 4");
        folder.scenario("expect = \"hosts.crashed == 0\"\n");
        assertThat(folder.problem()).contains("expect is the text 'hosts.crashed == 0'; it must be a list of texts");
        folder.scenario("hosts.h.dom0.pin = yes\n");
        assertThat(folder.problem()).contains("hosts.h.dom0.pin is the text 'yes'; it must be a boolean");
        folder.scenario("seed = null\n");
        assertThat(folder.problem()).contains("seed is null");
        folder.scenario("pools = [1]\n");
        assertThat(folder.problem()).contains("pools is a list [ ... ]; it must be a collection of named blocks");
    }

    @Test
    void theColumnIsThatOfTheKeyInItsOwnBlock() {
        folder.scenario("workloads { a { kind = idle, x = 1 }, b { kind = idle, x = 1 } }\n");
        assertThat(folder.problems()).extracting(Problem::column).containsExactly(30, 56);
    }

    @Test
    void seedAndDurationOfTheCommandLineAreCheckedToo() throws ScenarioException {
        folder.scenario("");
        Path file = temp.resolve("s.conf");
        Scenario scenario = ScenarioLoader.load(file, List.of(), OptionalLong.of(-7), OptionalLong.of(5))
                .scenario();
        assertThat(scenario.seed()).isEqualTo(-7);
        assertThat(scenario.durationNs()).isEqualTo(5);
        assertThat(catchThrowable(() -> ScenarioLoader.load(file, List.of(), OptionalLong.empty(), OptionalLong.of(0))))
                .hasMessageStartingWith("--duration duration=0ns: duration = 0ns is out of range");
    }
}
