package org.xenfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssessActionTest {
    private static final String STUB =
            "name = \"a\"\ntype = \"hvm\"\nmemory = 512\ndevice_model_stubdomain_override = 1\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Captured captured = new Captured();

    @Test
    void shouldPrintAnObjectForEveryGuestOfAnXlFile() throws Exception {
        Path a = write("a.cfg", STUB);
        Path b = write("b.cfg", "name = \"b\"\ntype = \"pv\"\nkernel = \"k\"\ndriver_domain = 1\n");

        assertThat(captured.run("assess", "--xen", "4.4.0", "--format", "json", a.toString(), b.toString()))
                .isZero();

        assertThat(captured.out().lines().toList())
                .containsExactly(
                        "{\"advisory\":\"xsa-89\",\"host\":\"host\",\"guest\":\"a\",\"file\":\"" + a
                                + "\",\"type\":\"hvm\",\"xen\":\"4.4.0\",\"bits\":64,\"arch\":\"x86\",\"fixed\":false,"
                                + "\"device_model\":\"stubdom\",\"image\":\"approved\",\"verdict\":\"VULNERABLE\","
                                + "\"reason\":\"The device model runs in a stub domain, which isolates less than intended:"
                                + " once it is taken over by way of another flaw, it can tie up a physical CPU from there.\","
                                + "\"basis\":\"advisory\",\"second_flaw_needed\":true,\"mechanically_exploitable\":true,"
                                + "\"mitigation\":\"Run only PV guests on the host.\","
                                + "\"fix\":\"Xen 4.4.1 or newer, or the fix added to 4.4.0 (commit babcef372ae2).\","
                                + "\"warning\":\"Do not move the device model to an unrestricted process of dom0: the advisory"
                                + " says that the security is still better as it is.\",\"host_verdict\":\"VULNERABLE\","
                                + "\"exposed_by\":[],\"other_callers\":["
                                + "{\"caller\":\"the guest itself\",\"verdict\":\"NOT_EXPOSED\",\"reason\":\"The call must be on"
                                + " another domain; a guest that makes it gets EPERM.\",\"basis\":\"code\","
                                + "\"mechanically_exploitable\":false},"
                                + "{\"caller\":\"b\",\"verdict\":\"NOT_EXPOSED\",\"reason\":\"b, a driver domain, has no"
                                + " privilege over other guests: its call on one returns EPERM.\",\"basis\":"
                                + "\"advisory+code\",\"mechanically_exploitable\":false}]}",
                        "{\"advisory\":\"xsa-89\",\"host\":\"host\",\"guest\":\"b\",\"file\":\"" + b
                                + "\",\"type\":\"pv\",\"xen\":\"4.4.0\",\"bits\":64,\"arch\":\"x86\",\"fixed\":false,"
                                + "\"device_model\":\"none\",\"image\":null,\"verdict\":\"VULNERABLE\",\"reason\":\"The guest is"
                                + " PV, but it is not true that only PV guests run on its host: the host is exposed by a.\","
                                + "\"basis\":\"advisory\",\"second_flaw_needed\":true,\"mechanically_exploitable\":true,"
                                + "\"mitigation\":\"Run only PV guests on the host.\","
                                + "\"fix\":\"Xen 4.4.1 or newer, or the fix added to 4.4.0 (commit babcef372ae2).\","
                                + "\"warning\":null,\"host_verdict\":\"VULNERABLE\",\"exposed_by\":[\"a\"],"
                                + "\"other_callers\":[]}");
    }

    @Test
    void shouldPrintARowForEveryGuestAsCsv() throws Exception {
        Path a = write("a.cfg", STUB);

        assertThat(captured.run("assess", "--xen", "4.4.0", "--fixed", "xsa-89", "--format", "csv", a.toString()))
                .isZero();

        assertThat(captured.out())
                .startsWith(
                        "advisory,host,guest,file,type,xen,bits,arch,fixed,device_model,image,verdict,reason,basis,")
                .endsWith("xsa-89,host,a," + a
                        + ",hvm,4.4.0,64,x86,true,stubdom,approved,FIXED,\"The fix was added (commit"
                        + " babcef372ae2): the loop tests for preemption after every page, and the call is continued.\","
                        + "code,,false,,,,FIXED,,\n");
    }

    @Test
    void shouldFailOnAVulnerableGuestIfAsked() throws Exception {
        String a = write("a.cfg", STUB).toString();

        assertThat(captured.run("assess", "--xen", "4.4.0", a)).isZero();
        assertThat(captured.run("assess", "--xen", "4.4.0", "--fail-on", "vulnerable", a))
                .isEqualTo(1);
        assertThat(captured.run("assess", "--xen", "4.4.1", "--fail-on", "vulnerable", a))
                .isZero();
        assertThat(captured.run("assess", "--xen=4.4.0", "--device-model=dom0", "--fail-on=vulnerable", a))
                .isZero();
    }

    @Test
    void shouldJudgeTheOthersWhenOneFileIsBad() throws Exception {
        Path good = write("good.cfg", "name = \"p\"\ntype = \"pv\"\nkernel = \"k\"\n");
        Path bad = write("bad.cfg", "name = \"b\"\nmemory = = 512\n");
        Path nameless = write("nameless.cfg", "type = \"hvm\"\nmemory = 0\n");
        Path missing = folder.resolve("missing.cfg");

        assertThat(captured.run(
                        "assess",
                        "--xen",
                        "4.4.0",
                        "--fail-on",
                        "vulnerable",
                        good.toString(),
                        bad.toString(),
                        nameless.toString(),
                        missing.toString(),
                        folder.toString()))
                .isEqualTo(2);

        assertThat(captured.err())
                .contains(
                        "error: " + bad + ":2: ",
                        "error: " + nameless + ": Domain name must be specified.",
                        "error: " + nameless + ":2: ",
                        "error: " + missing + ": there is no such file",
                        "error: " + folder + ": it is a directory",
                        "warning: 4 files were not judged; what is said of the others is said without them.");
        assertThat(captured.out())
                .contains(
                        "NOT_EXPOSED, 1 of 1 guest.", "Only PV guests run on the host, as far as its guests could be");
    }

    @Test
    void shouldPrintNothingWhenNoFileIsGood() throws Exception {
        assertThat(captured.run(
                        "assess", "--xen", "4.4.0", folder.resolve("x.cfg").toString()))
                .isEqualTo(2);

        assertThat(captured.out()).isEmpty();
    }

    @Test
    void shouldJudgeTheHostsOfAScenario() throws Exception {
        write("a.cfg", STUB);
        Path file = write("s.conf", scenario("version = \"4.4.0\""));

        assertThat(captured.run("assess", "--quiet", "--format", "csv", "--fail-on", "vulnerable", file.toString()))
                .isEqualTo(1);

        assertThat(captured.err()).isEmpty();
        assertThat(captured.out())
                .contains(
                        "\nxsa-89,h,a-0," + file + ",hvm,4.4.0,64,x86,false,stubdom,approved,VULNERABLE,",
                        "\nxsa-89,h,a-1," + file + ",hvm,");
    }

    @Test
    void shouldJudgeHostsThatNobodyCanRun() throws Exception {
        write("a.cfg", STUB);
        String arm =
                write("arm.conf", scenario("version = \"4.4.0\", arch = arm")).toString();
        String narrow =
                write("narrow.conf", scenario("version = \"4.3.2\", bits = 32")).toString();

        assertThat(captured.run("assess", arm, narrow)).isZero();
        // lines are broken where they are full, which depends on the length of the folder's name
        assertThat(captured.out().replaceAll("\\s+", " "))
                .contains(
                        "h of " + arm + ", Xen 4.4.0 (arm, 64 bits): NOT_AFFECTED, 2 of 2 guests.",
                        "h of " + narrow + ", Xen 4.3.2 (x86, 32 bits): NOT_CONSTRUCTIBLE, 2 of 2 guests.");
        assertThat(captured.run("run", arm)).isEqualTo(2);
        assertThat(captured.run("run", narrow)).isEqualTo(2);
        assertThat(captured.err())
                .contains("hosts.h.xen.arch = arm is not simulated", "Xen 4.3 dropped the 32-bit build for x86");
    }

    @Test
    void shouldSayHowToJudgeXlFilesToWhoTakesThemForScenarios() throws Exception {
        assertThat(captured.run("assess", write("a.cfg", STUB).toString())).isEqualTo(2);

        assertThat(captured.err())
                .contains(
                        "info: a guest configuration of xl is judged with --xen RELEASE, which says what Xen its host has");
    }

    @Test
    void shouldTellWhereTheUserOverridesTheFile() throws Exception {
        String a = write("a.cfg", STUB).toString();

        captured.run("assess", "--xen", "4.4.0", "--device-model", "dom0", "--image", "tenant", a);

        assertThat(captured.err())
                .contains(
                        "info: " + a + ": the device model counts as dom0, although the file says stubdom",
                        "info: --image changes nothing: no device model has a domain of its own");
        assertThat(captured.out()).contains("The security is WORSE than with the stub domain");
    }

    /** Five hundred files, of five kinds in turn. */
    @Test
    void shouldJudgeFiveHundredFilesAtOnce() throws Exception {
        List<String> words = new ArrayList<>(List.of("assess", "--xen", "4.4.0", "--format", "csv"));
        List<String> kinds = List.of(
                "type = \"pv\"\nkernel = \"k\"",
                "type = \"hvm\"",
                "type = \"hvm\"\ndevice_model_stubdomain_override = 1",
                "type = \"hvm\"\ndm_restrict = 1",
                "type = \"pvh\"\nkernel = \"k\"");
        for (int i = 0; i < 500; i++) {
            String text = "name = \"g" + i + "\"\nmemory = 512\nvcpus = 2\n"
                    + "disk = [ \"phy:/dev/vg0/g" + i + ",xvda,w\" ]\nvif = [ \"bridge=xenbr0\" ]\n" + kinds.get(i % 5)
                    + "\n";
            words.add(write("g" + i + ".cfg", text).toString());
        }

        assertThat(captured.run(words.toArray(String[]::new))).isZero();

        assertThat(captured.out().lines()).hasSize(501);
        // Stub domains, restricted processes, and the PV guests beside them.
        assertThat(captured.out().lines().filter(line -> line.contains(",VULNERABLE,\"The")))
                .hasSize(300);
        assertThat(captured.out().lines().filter(line -> line.contains(",NOT_APPLICABLE,")))
                .hasSize(100);
        assertThat(captured.out().lines().filter(line -> line.contains(",NOT_EXPOSED,")))
                .hasSize(100);

        words.add("--all");
        Captured all = new Captured();
        assertThat(all.run(words.toArray(String[]::new))).isZero();
        assertThat(all.out().lines()).hasSize(1 + 500 * 30);
    }

    private static String scenario(String xen) {
        return """
                name = tiny, duration = 2s
                hosts.h { cpus = 1, memory = 4GiB, xen { %s }, dom0 { vcpus = 1 }, domains.a { xl = a.cfg, count = 2 } }
                pools.p.host = h
                """.formatted(xen);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
    }

    @Test
    void shouldJudgeByTheWholeCatalogue() throws Exception {
        String a = write("a.cfg", STUB + "pci = [ \"0000:03:00.0\" ]\nmaxvcpus = 2\n")
                .toString();

        assertThat(captured.run("assess", "--all", "--xen", "4.17.0", "--format", "csv", a))
                .isZero();

        assertThat(captured.out().lines().skip(1))
                .hasSize(30)
                .anySatisfy(row -> assertThat(row)
                        .startsWith("xsa-428,host,a," + a + ",hvm,4.17.0,64,x86,false,stubdom,approved,VULNERABLE,")
                        .contains(",cve+commits,device-model,true,Not established: "))
                .anySatisfy(row -> assertThat(row)
                        .startsWith("xsa-89,host,a," + a + ",hvm,4.17.0,64,x86,false,stubdom,approved,FIXED,"));
    }

    @Test
    void shouldSayByWhomAsJson() throws Exception {
        String b =
                write("b.cfg", "name = \"b\"\ntype = \"pv\"\nkernel = \"k\"\n").toString();

        captured.run("assess", "--all", "--xen", "4.3.4", "--fixed", "xsa-136,xsa-97", "--format", "json", b);

        assertThat(captured.out().lines())
                .hasSize(30)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("{\"advisory\":\"xsa-290\",\"host\":\"host\",\"guest\":\"b\",")
                        .contains(
                                "\"verdict\":\"VULNERABLE\"",
                                "\"basis\":\"cve+commits\",\"role\":\"guest-kernel\",\"second_flaw_needed\":false,"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("{\"advisory\":\"xsa-136\",")
                        .contains("\"fixed\":true,", "\"verdict\":\"FIXED\"", "\"role\":null"));
    }

    @Test
    void shouldFailOnAnyAdvisoryIfAsked() throws Exception {
        String b =
                write("b.cfg", "name = \"b\"\ntype = \"pv\"\nkernel = \"k\"\n").toString();

        assertThat(captured.run("assess", "--xen", "4.11.1", "--fail-on", "vulnerable", b))
                .isZero();
        assertThat(captured.run("assess", "--all", "--xen", "4.11.1", "--fail-on", "vulnerable", b))
                .isEqualTo(1);
        assertThat(captured.run("assess", "--all", "--xen", "4.17.7", "--fail-on", "vulnerable", b))
                .isZero();
    }

    @Test
    void shouldJudgeTheHostsOfAScenarioByTheWholeCatalogue() throws Exception {
        write("a.cfg", STUB);
        String file = write("s.conf", scenario("version = \"4.4.0\", fixes = [xsa-60, xsa-114]"))
                .toString();

        assertThat(captured.run("assess", "--all", file)).isZero();
        // lines are broken where they are full, which depends on the length of the folder's name
        assertThat(captured.out().replaceAll("\\s+", " "))
                .startsWith("h of " + file + ", Xen 4.4.0 (x86, 64 bits), 2 guests, 30 advisories: ")
                .contains("a-0, a-1 xsa-89 VULNERABLE device-model needed");
    }
}
