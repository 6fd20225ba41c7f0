package org.xenfleet.xen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseTest {
    @ParameterizedTest
    @CsvSource({
        "3.4.4, false, 3.4",
        "4.0.4, false, 4.0",
        "4.1.0, false, 4.1",
        "4.1.6.1, false, 4.1",
        "4.2.4, false, 4.2",
        "4.2.5, true, 4.2",
        "4.3.2, false, 4.3",
        "4.3.3, true, 4.3",
        "4.3.4, true, 4.3",
        "4.4.0, false, 4.4",
        "4.4.4, true, 4.4",
        "4.5-unstable@8bad6c5626, true, 4.5",
        "4.5.4, true, 4.5",
        "4.18.2, true, 4.18",
    })
    void shouldKnowOfEveryReleaseWhetherItHasTheFix(String name, boolean fixed, String line) {
        Release release = Release.of(name);

        assertThat(release.hasXsa89Fix()).isEqualTo(fixed);
        assertThat(release.line()).isEqualTo(line);
    }

    @ParameterizedTest
    @CsvSource({"4.1.3, ''", "4.2.0, 4.2.5", "4.3.1, 4.3.3", "4.4.0, 4.4.1", "4.5-unstable@e8b87b57b4, 4.5.0"})
    void shouldNameTheReleaseThatBroughtTheFix(String name, String first) {
        assertThat(Release.of(name).firstWithXsa89Fix().orElse("")).isEqualTo(first);
    }

    @Test
    void shouldTakeTheNewestModelledReleaseForOneThatIsNot() {
        assertThat(Release.of("4.3.4").newestModelled())
                .contains(XenVersion.of("4.3.3").orElseThrow());
        assertThat(Release.of("4.9.1").newestModelled())
                .contains(XenVersion.of("4.8.0").orElseThrow());
        assertThat(Release.of("4.0.4").newestModelled()).isEmpty();
    }

    @Test
    void shouldOrderReleasesByTheirLines() {
        assertThat(Release.of("4.0.4").isBefore("4.1")).isTrue();
        assertThat(Release.of("4.1.0").isBefore("4.1")).isFalse();
        assertThat(Release.of("4.10.0").isBefore("4.9")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            4.4                     | is a line of releases, not one of them
            4.4.x                   | is no release of Xen
            4.4.0-rc3               | is no release of Xen
            xen-4.4.0               | is no release of Xen
            4.5-unstable            | is no release of Xen
            4.5-unstable@0123456789 | is no release of Xen
            ''                      | is no release of Xen
            5.0.0                   | is no release of Xen that anybody knows of
            4.1.7                   | does not exist: the last release of its line is 4.1.6.1
            4.4.5                   | does not exist: the last release of its line is 4.4.4
            """)
    void shouldSayWhyATextNamesNoRelease(String name, String problem) {
        assertThat(Release.problem(name)).get().asString().startsWith(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.4", "no"})
    void shouldNotBeMadeOfAnythingElse(String name) {
        assertThatThrownBy(() -> Release.of(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(name + " is ");
    }
}
