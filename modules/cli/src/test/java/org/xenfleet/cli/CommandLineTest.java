package org.xenfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    private final Captured captured = new Captured();

    @ParameterizedTest
    @ValueSource(strings = {"--help", "run --help", "validate --help", "assess --help", "version --help"})
    void shouldExplainEveryCommandOnStandardOutput(String words) {
        assertThat(captured.run(words.split(" "))).isZero();
        assertThat(captured.out()).startsWith("Usage: xenfleet");
        assertThat(captured.err()).isEmpty();
    }

    @Test
    void shouldNameTheVersionsOfProgramModelAndJava() {
        assertThat(captured.run("version")).isZero();
        assertThat(captured.out())
                .startsWith("xenfleet ")
                .contains("\nmodel 4\n", "\nJava ")
                .doesNotContain("${", "unknown");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '' | Say what to do: run, resume, replay, node, status, validate, assess or version.
            runn | There is no command 'runn'.
            run --sed 3 x.conf | There is no option '--sed'.
            run x.conf y.conf | There is one word too many: 'y.conf'.
            run x.conf --workers 0 | --workers is 0; it must be at least 1.
            run x.conf --max-events 0 | --max-events is 0; it must be at least 1.
            run x.conf --duration 3 | '3' is not a duration
            run x.conf --costs dear | 'dear' is no level of costs; there are low, default, high
            run x.conf --seed x | 'x' is not a long
            run x.conf --format xml | expected one of [table, json]
            assess | Missing required parameter: 'FILE'
            assess --xen 4.4 a.cfg | --xen is 4.4, which is a line of releases, not one of them; write it out
            assess --xen 4.4.0 --bits 16 a.cfg | --bits is 16; it must be 32 or 64
            assess --xen 4.4.0 --fixed xsa-90 a.cfg | --fixed is xsa-90; known are xsa-11, xsa-20,
            assess --xen 4.4.0 --fixed xsa-45 a.cfg | --fixed is xsa-45, which changes nothing without --all: only xsa-89 is judged
            assess --xen 4.4.0 --device-model dom1 a.cfg | 'dom1' is no place of a device model; there are dom0, dom0-restricted
            assess --xen 4.4.0 --fail-on anything a.cfg | expected one of [vulnerable]
            assess --bits 32 a.conf | --bits goes with --xen and xl files; a scenario says itself what its hosts are
            assess --image tenant a.conf | --image goes with --xen
            assess --arch arm a.conf | --arch goes with --xen
            assess --fixed xsa-89 a.conf | --fixed goes with --xen
            assess --device-model dom0 a.conf | --device-model goes with --xen
            run | Missing required parameter: 'FILE'
            node --bind 0.0.0.0:25520 --insecure | 0.0.0.0 is every address of this machine; say at which others reach it: --advertise HOST:PORT
            node --advertise here | --advertise: 'here' is nothing that others could connect to
            node --bind 192.0.2.1 | 192.0.2.1 can be reached from other machines
            resume runs/x --workers 0 | --workers is 0; it must be at least 1.
            resume runs/x --max-events 0 | --max-events is 0; it must be at least 1.
            replay runs/x --workers 0 | --workers is 0; it must be at least 1.
            node --workers 0 | --workers is 0; it must be at least 1.
            run x.conf --nodes 0 | --nodes is 0; it must be at least 1.
            node --join here | --join: 'here' is no node
            """)
    void shouldRefuseABadCommandLineInOneSentenceWithExitCodeTwo(String words, String sentence) {
        int code = words.isEmpty() ? captured.run() : captured.run(words.split(" "));

        assertThat(code).isEqualTo(2);
        assertThat(captured.err()).startsWith("error: ").contains(sentence).contains(" --help'.");
        assertThat(captured.out()).isEmpty();
    }

    @Test
    void shouldSuggestWhatAMisspeltOptionMayMean() {
        captured.run("run", "--sed", "3", "x.conf");

        assertThat(captured.err()).contains("--seed");
    }

    @ParameterizedTest
    @CsvSource({
        "--seed 7 run f.conf, run --seed 7 f.conf",
        "--seed=7 --quiet run f.conf, run --seed=7 --quiet f.conf",
        "--output run run f.conf, run --output run f.conf",
        "run f.conf --seed 7, run f.conf --seed 7",
        "--help, --help",
        "--nothing, --nothing",
        "--seed, --seed",
    })
    void shouldAllowOptionsBeforeTheCommand(String words, String reordered) {
        assertThat(CommandFirst.reorder(Main.commandLine(captured.streams()), words.split(" ")))
                .containsExactly(reordered.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "60s, 60000000000",
        "1.5ms, 1500000",
        "1ns, 1",
        "0.001us, 1",
        "2 m, 120000000000",
        "1h, 3600000000000",
        "106751d, 9223286400000000000",
    })
    void shouldReadDurationsWithTheirUnit(String text, long ns) {
        assertThat(new DurationConverter().convert(text)).isEqualTo(ns);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "0.1ns", "-1s", "1", "s", "1 day", "1e3s", "106752d", ""})
    void shouldRefuseWhatIsNoDuration(String text) {
        assertThat(captured.run("run", "x.conf", "--max-wall", text)).isEqualTo(2);
        assertThat(captured.err()).contains("Invalid value for option '--max-wall'");
    }
}
