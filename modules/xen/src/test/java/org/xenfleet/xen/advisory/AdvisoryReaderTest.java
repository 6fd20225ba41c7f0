package org.xenfleet.xen.advisory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenfleet.xen.Arch;
import org.xenfleet.xen.Release;

/** What a file of the catalogue may say. */
class AdvisoryReaderTest {
    private static final String FILE = """
            id = xsa-7, title = t, date = "2012-08-09", cve = [], read-in-full = false, shapes = [ infinite-loop ]
            operation = o, bound = b, affected = a
            except = [ { until = "4.1", bits = 32, arch = x86, is = not-affected, because = "So." } ]
            fix = "F."
            fixed = [
              { branch = "4.0", commits = [ "000000000001" ] }
              { in = "4.1.5", commits = [ "000000000002", "000000000003" ] }
              { from = "4.3.0", commits = [ "000000000004" ] }
            ]
            ways = [ { who = guest-kernel, needs = [ pv ], text = "T." } ]
            mitigations = not-established
            """;

    private static Config file(String change) {
        return ConfigFactory.parseString(FILE + "\n" + change);
    }

    private static Advisory read(String change) {
        return AdvisoryReader.read("xsa-7", file(change));
    }

    private static Standing of(Advisory advisory, String release, int bits) {
        return advisory.standing(Release.of(release), bits, Arch.X86);
    }

    @Test
    void aFileBecomesAnAdvisory() {
        Advisory advisory = read("");

        assertThat(advisory.date()).isEqualTo(LocalDate.of(2012, 8, 9));
        assertThat(advisory.shapes()).containsExactly(Shape.INFINITE_LOOP);
        assertThat(advisory.ways()).containsExactly(new Way(Role.GUEST_KERNEL, List.of(Need.PV), "T."));
        assertThat(advisory.mitigations()).isEmpty();
        assertThat(advisory.label()).isEqualTo("XSA-7");
        assertThat(advisory.number()).isEqualTo(7);
    }

    /** 4.0: only its branch; 4.1: from 4.1.5 on; 4.2: nothing; from 4.3.0 on everything. */
    @ParameterizedTest
    @CsvSource({
        "4.0.4, AFFECTED, ''",
        "4.1.4, AFFECTED, ''",
        "4.1.5, FIXED, 4.1.5",
        "4.1.6.1, FIXED, 4.1.5",
        "4.2.5, AFFECTED, ''",
        "4.3.0, FIXED, 4.3.0",
        "4.19.0, FIXED, 4.3.0",
    })
    void aFixHoldsForItsLineOrForAllThatFollows(String release, Standing standing, String since) {
        Advisory advisory = read("");

        assertThat(of(advisory, release, 64)).isEqualTo(standing);
        assertThat(advisory.fixIn(Release.of(release)).flatMap(Fix::release).orElse(""))
                .isEqualTo(since);
    }

    @Test
    void whatIsExceptedIsNoQuestionOfFixes() {
        assertThat(of(read(""), "4.1.4", 32)).isEqualTo(Standing.NOT_AFFECTED);
        assertThat(of(read(""), "4.1.5", 32)).isEqualTo(Standing.NOT_AFFECTED);
        assertThat(of(read(""), "4.2.0", 32)).isEqualTo(Standing.AFFECTED);
    }

    @Test
    void theFixOfALineIsKnownAlsoWhereNoReleaseHasIt() {
        assertThat(read("").fixOfLine(Release.of("4.0.4")).map(Fix::commitText)).contains("commit 000000000001");
        assertThat(read("").fixOfLine(Release.of("4.1.0")).map(Fix::commitText))
                .contains("commits 000000000002 and 000000000003");
        assertThat(read("").fixOfLine(Release.of("4.2.0"))).isEmpty();
        assertThat(read("").fixForGood().flatMap(Fix::release)).contains("4.3.0");
    }

    @Test
    void noMitigationIsNotTheSameAsNoneKnown() {
        assertThat(read("mitigations = []").mitigations()).isEqualTo(Optional.of(List.of()));
        assertThat(read("mitigations = [ \"M.\" ]").mitigations()).contains(List.of("M."));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            id = xsa-8                             | the file of xsa-7 calls itself xsa-8
            titel = t                              | xsa-7: nothing is known of the key titel
            shapes = [ loop ]                      | xsa-7: shapes = loop; there are flat-range-loop, size-exponent
            ways = []                              | xsa-7: nobody can use it
            ways = [ { who = me, text = t } ]      | xsa-7: who = me; there are guest-kernel, device-model
            except = [ { is = fixed, because = b } ] | xsa-7: except says who is not-established or not-affected
            except = [ { was = fixed } ]           | xsa-7: nothing is known of the key was
            fixed = [ { in = "4.1.5", commits = [] } ]   | xsa-7: a fix has commits of 12 digits, not []
            fixed = [ { in = "4.1.5", commits = [ abc ] } ] | xsa-7: a fix has commits of 12 digits, not [abc]
            fixed = [ { in = "4.1.7", commits = [ "000000000001" ] } ] | 4.1.7 does not exist: the last release of its line is 4.1.6.1
            fixed = [ { from = "4.1.5", commits = [ "000000000001" ] }, { from = "4.2.0", commits = [ "000000000001" ] } ] | xsa-7: only one fix
            """)
    void everythingElseIsRefused(String change, String message) {
        assertThatThrownBy(() -> read(change))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
