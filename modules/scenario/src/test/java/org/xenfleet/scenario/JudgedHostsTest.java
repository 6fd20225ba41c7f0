package org.xenfleet.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenfleet.xen.Arch;

/** What no run can have is refused with the reason where something is to run, and taken where hosts are only judged. */
class JudgedHostsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temp;

    private Folder folder;

    @BeforeEach
    void makeFolder() {
        folder = new Folder(temp);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            version = "4.3.2", bits = 32 | hosts.h.xen.bits = 32 is not possible with 4.3.2: Xen 4.3 dropped the 32-bit build
            version = "4.4.0", arch = arm | hosts.h.xen.arch = arm is not simulated: the guests, the p2m and the hypercalls here
            version = "4.0.4" | hosts.h.xen.version = 4.0.4 is not simulated: set_mem_access, and with it XSA-89, came with 4.1
            version = "4.9.1" | hosts.h.xen.version = 4.9.1 is not simulated yet; possible are 4.1.0
            version = "soon" | hosts.h.xen.version = soon is not simulated yet; possible are 4.1.0
            """)
    void shouldRefuseToRunThem(String xen, String reason) {
        scenario(xen, "");

        assertThat(folder.problem()).contains(reason);
    }

    @Test
    void shouldJudgeThem() throws Exception {
        assertThat(judged("version = \"4.3.2\", bits = 32")).satisfies(xen -> {
            assertThat(xen.release()).isEqualTo("4.3.2");
            assertThat(xen.bits()).isEqualTo(32);
        });
        assertThat(judged("version = \"4.4.0\", arch = arm").arch()).isEqualTo(Arch.ARM);
        assertThat(judged("version = \"4.0.4\"").release()).isEqualTo("4.0.4");
        assertThat(judged("version = \"4.9.1\"").release()).isEqualTo("4.9.1");
    }

    @Test
    void shouldJudgeAHostWhoseReleaseDoesNotHaveTheCall() throws Exception {
        scenario("version = \"4.5.0\"", """
                workloads.attack { kind = hypercalls, operation = set_mem_access, access = n }
                hosts.h.domains.g.device-model-workload = attack
                """);

        assertThat(folder.problem()).contains("makes set_mem_access, which Xen 4.5.0 does not have");
        assertThat(ScenarioLoader.loadToJudge(folder.path().resolve("s.conf")).hosts())
                .containsOnlyKeys("h");
    }

    @Test
    void shouldNotTakeWhatNamesNoRelease() {
        scenario("version = \"4.4\"", "");

        assertThat(problems())
                .singleElement()
                .asString()
                .endsWith(
                        "s.conf:3:9: hosts.h.xen.version = 4.4 is a line of releases, not one of them; write it out, such"
                                + " as 4.1.6.1 or 4.4.0");
    }

    @Test
    void shouldNotTakeAnyOtherProblem() {
        scenario("version = \"4.4.0\", arch = arm, bits = 48", "hosts.h.domains.g.colour = red\n");

        assertThat(problems()).hasSize(2);
    }

    private XenSpec judged(String xen) throws ScenarioException {
        scenario(xen, "");
        return ScenarioLoader.loadToJudge(folder.path().resolve("s.conf"))
                .hosts()
                .values()
                .iterator()
                .next()
                .xen();
    }

    private List<Problem> problems() {
        ScenarioException e = catchThrowableOfType(
                ScenarioException.class,
                () -> ScenarioLoader.loadToJudge(folder.path().resolve("s.conf")));
        if (e == null) {
            throw new AssertionError("the scenario was accepted");
        }
        return e.problems();
    }

    private void scenario(String xen, String more) {
        folder.file("s.conf", """
                name = s, duration = 10s
                hosts.h { cpus = 8, memory = 16GiB
                  xen { %s }
                  domains { g { xl = "xl/g.cfg" } } }
                pools.p.host = h
                """.formatted(xen) + more);
    }
}
