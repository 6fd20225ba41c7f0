package org.xenfleet.xen.sched.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenfleet.xen.sched.CreditParameters;
import org.xenfleet.xen.sched.cases.PoolDriver.Manner;

/** What the two lines of a case mean, and what is said of one that cannot be read. */
class NotationTest {
    private static final long MS = 1_000_000L;

    private static Scene scene(String line) {
        return SceneParser.parse(line).get(0);
    }

    @Test
    void aCaseForAnyReleaseRunsOnBoth() {
        assertThat(SceneParser.parse("any [0] a:spin").stream().map(Scene::policy))
                .containsExactly(Policy.CREDIT_4_4, Policy.CREDIT_4_17);
        assertThat(scene("4.17 [0] a:spin").policy()).isEqualTo(Policy.CREDIT_4_17);
    }

    @Test
    void socketsCoresAndThePoolAreDrawn() {
        Scene scene = scene("any [(0 1) (. 3)][(4 5) (6 .)] a:spin");

        assertThat(scene.topology().cpus()).isEqualTo(8);
        assertThat(scene.topology().socketCount()).isEqualTo(2);
        assertThat(scene.topology().threadsPerCore()).isEqualTo(2);
        assertThat(scene.pool().stream()).containsExactly(0, 1, 3, 4, 5, 6);
    }

    @Test
    void everyMarkOfAVcpuIsRead() {
        Scene.Domain domain =
                scene("any [0 1 2 3] a:2ms/10ms*512<50@1-2~2^3+700us").domains().get(0);
        Scene.Vcpu vcpu = domain.vcpus().get(0);

        assertThat(domain.weight()).isEqualTo(512);
        assertThat(domain.cap()).isEqualTo(50);
        assertThat(vcpu.demand()).isEqualTo(new Demand(2 * MS, 10 * MS));
        assertThat(vcpu.hard().stream()).containsExactly(1, 2);
        assertThat(vcpu.soft().stream()).containsExactly(2);
        assertThat(vcpu.processor()).isEqualTo(3);
        assertThat(vcpu.first()).isEqualTo(700_000);
    }

    @Test
    void aBraceIsADomainAndANumberInFrontIsSoManyDomains() {
        Scene scene = scene("any [0 1] {a:spin b:yield1ms}*100 2c:spin");

        assertThat(scene.domains()).extracting(d -> d.vcpus().size()).containsExactly(2, 1, 1);
        assertThat(scene.domains()).extracting(Scene.Domain::weight).containsExactly(100, 256, 256);
        assertThat(scene.vcpus()).extracting(Scene.Vcpu::name).containsExactly("a", "b", "c1", "c2");
        assertThat(scene.vcpus()).extracting(Scene.Vcpu::processor).containsExactly(0, 1, 0, 1);
        assertThat(scene.vcpus().get(1).demand()).isEqualTo(new Demand(MS, 0));
    }

    @Test
    void theSettingsAreRead() {
        Scene scene = scene("any [0] a:spin | tslice=10ms ratelimit=500us migration=1ms tickle=all acct=3ms"
                + " latency=5us from=1s to=2s");

        assertThat(scene.parameters()).isEqualTo(new CreditParameters(10, 500, 1000, false));
        assertThat(List.of(scene.accounting(), scene.latency(), scene.from(), scene.to()))
                .containsExactly(3 * MS, 5000L, 1000 * MS, 2000 * MS);
    }

    @Test
    void withoutSettingsItIsAsXenHasItAndTheAccountingIsInTheMiddleOfASlice() {
        Scene scene = scene("any [0] a:spin");

        assertThat(scene.parameters()).isEqualTo(CreditParameters.DEFAULT);
        assertThat(scene.accounting()).isEqualTo(15 * MS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a:spin                          | begins with a release and a host
            4.5 [0] a:spin                  | the release is 4.4, 4.17 or any, or the scheduler credit2 or null, not '4.5'
            any [0 2] a:spin                | 1 comes here, not '2'
            any [.] a:spin                  | the pool has no pCPU
            any [0 1][2] a:spin             | as many pCPUs in every socket: 2, not 1
            any [(0 1) (2)] a:spin          | as many threads in every core: 2, not 1
            any [(0 1) 2] a:spin            | either all pCPUs of a socket are in cores or none
            any [0]                         | vCPUs are written as
            any [0] a:spin }                | vCPUs are written as
            any [0] a                       | a vCPU is name:demand
            any [0] a:run                   | a demand is spin
            any [0] a:1ms/0                 | never ends
            any [0] a:yield                 | a time is 0 or a number with us, ms or s
            any [0] a:1/10ms                | a time is 0 or a number with us, ms or s, not '1'
            any [0] a:spin*2.5              | a weight is a whole number, not '2.5'
            any [0] a:spin@2                | the pool {0} has none of the pCPUs {2}
            any [0] a:spin@0..2             | pCPUs are a list as 0,2-3
            any [0] {a:spin*512}            | stand behind its brace
            any [0] {a:spin}@0              | behind a brace stand weight
            """)
    void aSceneThatCannotBeReadIsExplained(String line, String said) {
        assertThatThrownBy(() -> SceneParser.parse(line))
                .isInstanceOf(NotationException.class)
                .hasMessageContaining(said);
    }

    @ParameterizedTest
    @CsvSource({
        "tslice=10, a time is 0",
        "slice=10ms, settings are tslice",
        "tickle=two, tickle is one or all",
        "from=2s to=1s, window"
    })
    void settingsThatCannotBeReadAreExplained(String settings, String said) {
        assertThatThrownBy(() -> SceneParser.parse("any [0] a:spin | " + settings))
                .isInstanceOf(NotationException.class)
                .hasMessageContaining(said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a 50%               | after =>
            => x 50%            | there is no vCPU 'x' among [a1, a2]
            => a half           | expected is 'a 50%'
            => cpu3: a 30ms     | pCPU 3 is not in the pool {0}
            => cpu0: a          | a stretch is as
            => a runs 1..2..3   | a range is as
            """)
    void anExpectationThatCannotBeReadIsExplained(String line, String said) {
        assertThatThrownBy(() -> ExpectationParser.parse(line, scene("any [0] 2a:spin")))
                .isInstanceOf(NotationException.class)
                .hasMessageContaining(said);
    }

    /** Two spinners on pCPU 0 of two, 30 ms each in turn, until 300 ms. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a 50%                     |
            a 50%; b 52+-3%           |
            all 50%                   |
            a 40%                     | a has 50.00 % instead of 40.0 +- 1.0
            a runs 30ms               |
            a runs 20ms..40ms         |
            a runs 20ms..29ms         | a runs for [30.0ms] instead of [20.0ms..29.0ms]
            a runs 30ms 60ms          | a runs for [30.0ms] instead of [30.0ms, 60.0ms]
            a waits 30ms              |
            a waits 0                 | a waits 30.0ms instead of 0.0ms
            b median wait 30ms        |
            b median wait 10ms..20ms  | b waits 30.0ms instead of 10.0ms..20.0ms
            a on 0                    |
            a on 0-1                  | a runs on {0} instead of {0, 1}
            a stays                   |
            a moves to 1 at 20ms      | a never moves, instead of to 1 at 20.0ms
            cpu0: a 30ms, b 30ms      |
            cpu1: idle 300ms          |
            cpu0: b 30ms              | cpu0 does a 30.0ms, instead of
            cpu0: a 30ms, b 20ms      | cpu0 does a 30.0ms, b 30.0ms, instead of
            cpu1: idle 300ms, a 1ms   | cpu1 does idle 300.0ms, instead of
            """)
    void whatIsExpectedIsCompared(String expected, String complaint) {
        Scene scene = scene("any [0 1] a:spin@0 b:spin@0 | from=60ms to=300ms");
        Outcome outcome = new PoolDriver(scene, Manner.EVERY_TIMER).run();
        List<String> complaints = ExpectationParser.parse("=> " + expected, scene).stream()
                .flatMap(e -> e.complaint(outcome, scene).stream())
                .toList();

        if (complaint == null) {
            assertThat(complaints).isEmpty();
        } else {
            assertThat(complaints).singleElement().asString().startsWith(complaint);
        }
    }

    @Test
    void aFileIsPairsOfLinesWithCommentsAndNamesTheLineOfTheFirst() {
        List<CaseFile.Case> cases = CaseFile.parse("some.cases", """
                # two
                4.4 [0] a:spin   # one pCPU
                    => a 100%

                4.17 [0] b:spin
                    => b 100%; b stays
                """);

        assertThat(cases)
                .extracting(CaseFile.Case::name)
                .containsExactly("some.cases:2 on 4.4: 4.4 [0] a:spin", "some.cases:5 on 4.17: 4.17 [0] b:spin");
        assertThat(cases.get(1).expectations()).hasSize(2);
    }

    @Test
    void whatIsWrongInAFileNamesTheLine() {
        assertThatThrownBy(() -> CaseFile.parse("some.cases", "\n4.4 [0] a:spin\n=> b 100%\n"))
                .hasMessage("some.cases:2: there is no vCPU 'b' among [a]");
        assertThatThrownBy(() -> CaseFile.parse("some.cases", "4.4 [0] a:spin | tslice=2s\n=> a 100%\n"))
                .hasMessage("some.cases:1: the time slice is 1 to 1000 ms, not 2000");
        assertThatThrownBy(() -> CaseFile.parse("some.cases", "4.4 [0] a:spin\n"))
                .hasMessage("some.cases:1: the last case says nothing that is expected");
    }
}
