package org.xenfleet.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenfleet.xen.XenVersion;

/** What the block {@code xen} makes of the releases. */
class XenReaderTest {
    @TempDir
    Path temp;

    private Folder folder;

    @BeforeEach
    void makeFolder() {
        folder = new Folder(temp).scenario("");
    }

    private static String version(String release) {
        return "hosts.h.xen.version=\"" + release + "\"";
    }

    private XenSpec xen(String... settings) throws ScenarioException {
        return Folder.host(folder.load(settings).scenario()).xen();
    }

    static Iterable<XenVersion> releases() {
        return XenVersion.all();
    }

    @ParameterizedTest
    @MethodSource("releases")
    void everyReleaseCanBeNamed(XenVersion release) throws ScenarioException {
        assertThat(xen(version(release.release()), "hosts.h.xen.scheduler=credit")
                        .version())
                .isSameAs(release);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.1.0", "4.1.6.1", "4.2.0", "4.2.4", "4.3.0", "4.3.2", "4.4.0"})
    void theFixCanBeAddedToEveryVulnerableRelease(String release) throws ScenarioException {
        assertThat(xen(version(release)).hasFix("xsa-89")).isFalse();
        assertThat(xen(version(release), "hosts.h.xen.fixes=[xsa-89]").hasFix("xsa-89"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.2.5", "4.3.3", "4.4.1", "4.5-unstable@8bad6c5626", "4.5.0", "4.8.0"})
    void theFixIsSaidToChangeNothingWhereTheReleaseHasIt(String release) throws ScenarioException {
        assertThat(xen(version(release)).hasFix("xsa-89")).isTrue();
        assertThat(folder.notices(version(release), "hosts.h.xen.fixes=[xsa-89]"))
                .anySatisfy(n ->
                        assertThat(n).contains("names xsa-89, which " + release + " already has; it changes nothing"));
    }

    @ParameterizedTest
    @CsvSource({"4.1.0, 32", "4.1.6.1, 32", "4.2.0, 32", "4.2.5, 32", "4.1.0, 64"})
    void theFirstTwoLinesCanHave32Bits(String release, int bits) throws ScenarioException {
        assertThat(xen(version(release), "hosts.h.xen.bits=" + bits).bits()).isEqualTo(bits);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.3.0", "4.5.0", "4.8.0"})
    void laterLinesCannot(String release) {
        assertThat(folder.problems(version(release), "hosts.h.xen.bits=32"))
                .first()
                .asString()
                .contains("hosts.h.xen.bits = 32 is not possible with " + release);
    }

    /** 4.1 hard-codes the 5 s. */
    @Test
    void theWatchdogOf41HasNoTimeoutToChoose() throws ScenarioException {
        assertThat(xen(version("4.1.6.1"), "hosts.h.xen.command-line=watchdog").watchdog())
                .hasValueSatisfying(w -> assertThat(w.timeoutS()).isEqualTo(5));
        assertThat(folder.problems(version("4.1.6.1"), "hosts.h.xen.command-line=\"watchdog_timeout=5\""))
                .first()
                .asString()
                .contains("has 'watchdog_timeout=5', which 4.1.6.1 does not have: its watchdog always waits 5 s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.5.0", "4.6.0", "4.8.0", "4.12.0"})
    void creditIsSaidToBeOlderWhereNoSourceSaysHowItIs(String release) throws ScenarioException {
        assertThat(folder.notices(version(release), "hosts.h.xen.scheduler=credit"))
                .anySatisfy(n -> assertThat(n).contains("version = " + release + " runs credit by the rules of 4.4"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.1.0", "4.4.1", "4.5-unstable@e8b87b57b4", "4.17.7"})
    void andNotWhereItIsAsTheReleaseHasIt(String release) throws ScenarioException {
        assertThat(folder.notices(version(release), "hosts.h.xen.scheduler=credit"))
                .noneSatisfy(n -> assertThat(n).contains("runs credit by the rules"));
    }

    /** In 32 bits the call of 4.2 is EINVAL at once; that of 4.1 walks. */
    @Test
    void theFixIsSaidToChangeNothingWhereTheBuildIsNotVulnerable() throws ScenarioException {
        assertThat(folder.notices(version("4.2.4"), "hosts.h.xen.bits=32", "hosts.h.xen.fixes=[xsa-89]"))
                .anySatisfy(n -> assertThat(n)
                        .contains("names xsa-89, which changes nothing: 4.2.4 of 32 bits is not vulnerable"));
        assertThat(folder.notices(version("4.1.6.1"), "hosts.h.xen.bits=32", "hosts.h.xen.fixes=[xsa-89]"))
                .noneSatisfy(n -> assertThat(n).contains("xsa-89"));
        assertThat(folder.notices(version("4.2.4"), "hosts.h.xen.fixes=[xsa-89]"))
                .noneSatisfy(n -> assertThat(n).contains("xsa-89"));
    }

    /** XSA-45: up to 4.1.5 and 4.2.2; XSA-11: 4.0 and 4.1 only; XSA-344: nobody says whether 4.3 is affected. */
    @ParameterizedTest
    @CsvSource({
        "4.1.5, xsa-45, false",
        "4.1.6, xsa-45, true",
        "4.2.2, xsa-45, false",
        "4.2.3, xsa-45, true",
        "4.1.2, xsa-11, false",
        "4.4.0, xsa-11, true",
        "4.3.2, xsa-344, false",
        "4.17.7, xsa-344, true",
    })
    void aReleaseHasTheFixesOfTheCatalogue(String release, String advisory, boolean has) throws ScenarioException {
        assertThat(xen(version(release)).hasFix(advisory)).isEqualTo(has);
        assertThat(xen(version(release), "hosts.h.xen.fixes=[" + advisory + "]").hasFix(advisory))
                .isTrue();
    }

    @Test
    void whatIsNotInTheCatalogueIsNoFix() throws ScenarioException {
        assertThat(xen(version("4.17.7")).hasFix("xsa-1")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            4.1.6  | xsa-45  | names xsa-45, which 4.1.6 already has; it changes nothing
            4.4.0  | xsa-11  | names xsa-11, which changes nothing: 4.4.0 of 64 bits is not vulnerable
            4.4.0  | xsa-150 | names xsa-150, which changes nothing here: no operation that is simulated on 4.4.0 depends on it
            """)
    void ofEveryFixItIsSaidIfItChangesNothing(String release, String advisory, String notice) throws ScenarioException {
        assertThat(folder.notices(version(release), "hosts.h.xen.fixes=[" + advisory + "]"))
                .anySatisfy(n -> assertThat(n).contains(notice));
    }
}
