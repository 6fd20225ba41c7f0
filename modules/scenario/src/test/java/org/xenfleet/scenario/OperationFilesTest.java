package org.xenfleet.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenfleet.xen.operation.Amount;
import org.xenfleet.xen.operation.Operation;

/** Operations of a user's own: what a file may say, and how it is told what it may not. */
class OperationFilesTest {
    private static final String SCAN = """
            name = scan
            hypercall = domctl
            on = other
            checks = [ domain, privilege-dm ]
            iterates = "state.widgets * 2"
            effect = none
            cost { key = widget, default = 100ns, meaning = "One widget looked at." }
            lock = none
            returns = zero
            preemption = [ { every = 16, progress = object } ]
            """;
    private static final String USE = """
            operations = ["ops/scan.conf"]
            workloads.a { kind = hypercalls, operation = scan, start = 1s }
            hosts.h.domains.g { device-model-workload = a, state { widgets = 1000 } }
            """;

    @TempDir
    Path temp;

    private Folder folder;

    @BeforeEach
    void makeFolder() {
        folder = new Folder(temp).file("ops/scan.conf", SCAN).scenario(USE);
    }

    private String problemOf(String found, String instead) {
        assertThat(SCAN).contains(found);
        folder.file("ops/scan.conf", SCAN.replace(found, instead));
        return folder.problem();
    }

    @Test
    void anOperationIsAddedBehindThoseThatAreShipped() throws ScenarioException {
        HostSpec host = Folder.host(folder.load().scenario());
        Operation scan = host.operations().find("scan").orElseThrow();

        assertThat(host.operations().all()).last().isEqualTo(scan);
        assertThat(scan.extent().iterations()).isEqualTo(Amount.of("state.widgets * 2"));
        assertThat(host.domains().get(0).state()).containsExactly(Map.entry("widgets", 1000L));
    }

    @Test
    void itsCostIsAKeyLikeAnyOther() throws ScenarioException {
        assertThat(folder.load().scenario().costs().iteration("widget")).isEqualTo(100);
        assertThat(folder.load("costs.widget=3us").scenario().costs().iteration("widget"))
                .isEqualTo(3000);
        assertThat(folder.load("costs.widget=3us").scenario().costChoice().changed())
                .containsExactly("widget");
        assertThat(folder.problem("costs.wigdet=3us")).contains("did you mean 'widget'?");
    }

    /** The file is an input of the run, and the resolved scenario names it from the scenario's folder. */
    @Test
    void theFileBelongsToTheScenario() throws ScenarioException {
        assertThat(folder.load().inputs()).extracting(InputFile::path).contains(temp + "/ops/scan.conf");
        assertThat(folder.load().resolvedText()).containsPattern("\"operations\": \\[\\s*\"ops/scan.conf\"\\s*]");
    }

    @Test
    void everyThingThatIsWrongIsToldAtItsLine() {
        folder.file("ops/scan.conf", """
                name = scan
                hypercall = domctl
                on = others
                checks = [ domain, colour ]
                iterates = "state.widgets * arg.cuont"
                effect = none
                cost { key = widget, default = 100, meaning = "One widget looked at." }
                lokc = none
                lock = none
                returns = zero
                preemption = [ { every = 16, progress = object, evry = 3 } ]
                """);

        assertThat(folder.problems())
                .extracting(p -> p.toString().replace(temp + "/", ""))
                .containsExactlyInAnyOrder(
                        "ops/scan.conf:3:1: on = others; there are self, other, any, host; did you mean 'other'?",
                        "ops/scan.conf:4:1: no check is named colour; there are caller-kind, copy-in, domain, not-self,"
                                + " not-own, dying, hvm, privilege-target, privileged, privilege-dm, listener, not-built,"
                                + " range, access-code, default",
                        "ops/scan.conf:5:1: iterates = state.widgets * arg.cuont: 'arg.cuont' is no amount that is known;"
                                + " there are arg.count, arg.order, guest.max-gfn, guest.pages, and state. with a name of"
                                + " your own",
                        "ops/scan.conf:7:22: default is no duration from 0ns to 1s with a unit, for example 250ns",
                        "ops/scan.conf:8:1: nothing is known of the key lokc; did you mean 'lock'?",
                        "ops/scan.conf:11:49: nothing is known of the key evry; did you mean 'every'?");
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() {
        assertThat(problemsOf("progress = object", "progress = list"))
                .contains("progress = list cannot keep how far a call is that iterates over state.widgets * 2");
        assertThat(problemsOf("hypercall = domctl", "hypercall = vm-exit"))
                .contains("hypercall = vm-exit is none, so that no continuation can be made: every must be 0");
        assertThat(problemsOf("effect = none", "effect = take"))
                .contains("effect = take does not go with iterates = amount");
        assertThat(problemsOf("every = 16", "without-fix = xsa-1, every = 16"))
                .contains("the last line of preemption must apply everywhere");
        assertThat(problemsOf("returns = zero", "returns = zero, while-runs = sibling"))
                .contains("it goes with iterates = infinite only");
    }

    private String problemsOf(String found, String instead) {
        folder.file("ops/scan.conf", SCAN.replace(found, instead));
        return folder.problems().get(0).toString();
    }

    @Test
    void aNameOrACostThatIsTakenIsRefusedAtItsLine() {
        assertThat(problemsOf("name = scan", "name = xen_version"))
                .contains("ops/scan.conf:1:")
                .endsWith("name = xen_version is the name of an operation that is there already");
        assertThat(problemsOf("key = widget", "key = p2m-entry"))
                .contains("ops/scan.conf:7:")
                .contains("the cost p2m-entry is there already");
    }

    @Test
    void anAdvisoryThatIsNotInTheCatalogueIsRefusedAtItsLine() {
        String line = "preemption = [ { without-fix = xsa-8888, every = 0, progress = none },";

        assertThat(problemsOf("preemption = [", line))
                .contains("ops/scan.conf:10:")
                .endsWith("without-fix = xsa-8888 is not in the catalogue of advisories, so that no host has"
                        + " its fix; did you mean 'xsa-89'?");
    }

    @Test
    void aFileThatIsNotThereIsToldWhereItIsNamed() {
        assertThat(folder.problems("operations=[\"ops/scna.conf\"]").get(0).toString())
                .contains("there is no operation file 'ops/scna.conf'")
                .contains("did you mean 'scan.conf'?");
    }

    @Test
    void aFileThatIsNoHoconIsToldAtItsLine() {
        folder.file("ops/scan.conf", "name = scan\nhypercall = [\n");
        assertThat(folder.problems().get(0).toString())
                .contains("ops/scan.conf:")
                .contains("is not valid HOCON");
    }

    /** What a call counts of its target has to be said, so that nobody takes 0 for a measurement. */
    @Test
    void aGuestOfWhichNobodySaysWhatItHasIsRefused() {
        folder.scenario(USE.replace("state { widgets = 1000 }", "tolerance = 2s"));
        assertThat(folder.problem())
                .endsWith(
                        "domains.g has the workload a, which makes scan on g, of which nobody says how many widgets it"
                                + " has; give domains.g state { widgets = 0 }, or more");
        folder.scenario(USE + "workloads.a.target = [Domain-0]\n");
        assertThat(folder.problem())
                .endsWith("which makes scan on Domain-0; it counts widgets, which only guests have");
    }

    @Test
    void aNameThatNoOperationCountsIsRefused() {
        folder.scenario(USE + "hosts.h.domains.g.state.wigdets = 3\n");
        assertThat(folder.problem()).contains("unknown key 'wigdets'").contains("did you mean 'widgets'?");
        assertThat(folder.problems()).hasSize(1);
    }

    @Test
    void anIterationWithoutEndTakesSomeTime() {
        folder.file("ops/scan.conf", SCAN.replace("\"state.widgets * 2\"", "infinite"));
        folder.scenario(USE.replace(", state { widgets = 1000 }", ""));
        assertThat(folder.problem("costs.widget=0ns")).contains("costs.widget = 0ns is out of range");
    }
}
