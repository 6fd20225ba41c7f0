package org.xenfleet.xlcfg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xenfleet.xlcfg.Xl.list;
import static org.xenfleet.xlcfg.Xl.number;
import static org.xenfleet.xlcfg.Xl.parse;
import static org.xenfleet.xlcfg.Xl.refusal;
import static org.xenfleet.xlcfg.Xl.text;
import static org.xenfleet.xlcfg.Xl.value;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the language has: xlcfg-grammar sections 1.1 and 1.2. */
class XlParserTest {
    @Test
    void shouldKeepEveryAssignmentInFileOrderWithItsLine() throws Exception {
        assertThat(parse("memory = 512\n# two\n\nname='a'; memory=1024\nmemory+='0'\n")
                        .settings())
                .containsExactly(
                        new XlSetting("memory", "=", 1, number("512")),
                        new XlSetting("name", "=", 4, text("a")),
                        new XlSetting("memory", "=", 4, number("1024")),
                        new XlSetting("memory", "+=", 5, number("0")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", ";", ";;\n;\n", "# only a comment\n", " \t \n", "#\0 NUL and \r in a comment\n"})
    void shouldTakeFilesWithoutAnyAssignment(String file) throws Exception {
        assertThat(parse(file).settings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "\"7\"", "'7'", "0x1f", "010", "'-1'", "'+1'", "' 5'", "'0X1F'", "0"})
    void shouldSeeANumberWhetherQuotedOrNot(String value) throws Exception {
        assertThat(value("k=" + value))
                .isInstanceOfSatisfying(
                        XlValue.Scalar.class, v -> assertThat(v.number()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"08", "1e3", "12abc", "0x", "''", "'5 '", "'2G'", "99999999999999999999", "'true'", "' '"})
    void shouldTakeValuesThatOnlyLookLikeNumbersAsText(String value) throws Exception {
        assertThat(value("k=" + value))
                .isInstanceOfSatisfying(
                        XlValue.Scalar.class, v -> assertThat(v.number()).isFalse());
    }

    @Test
    void shouldKeepTheSpellingOfANumber() throws Exception {
        assertThat(value("k=010")).isEqualTo(number("010"));
    }

    @Test
    void shouldTakeDotsDigitsAndUnderscoresInsideAName() throws Exception {
        assertThat(parse("a_b.c9=1").settings().get(0).name()).isEqualTo("a_b.c9");
    }

    @Test
    void shouldTakeTheOtherQuoteAndAnyByteInsideAString() throws Exception {
        assertThat(value("k=\"it's\"")).isEqualTo(text("it's"));
        assertThat(value("k='\u00e4\u0001\r#;['")).isEqualTo(text("\u00e4\u0001\r#;["));
    }

    @Test
    void shouldNeedNoSpaceAndNoLastNewline() throws Exception {
        assertThat(value("k=1")).isEqualTo(number("1"));
        assertThat(value("\tk \t=\t 1 # one\n")).isEqualTo(number("1"));
    }

    @Test
    void shouldNestAndMixLists() throws Exception {
        assertThat(value("k=[ 'a', 1, [], [ [2], 'b' ] ]"))
                .isEqualTo(list(text("a"), number("1"), list(), list(list(number("2")), text("b"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[]", "[1]", "[1,]", "[1,2]", "[1,2,]", "[\n]", "[\n1\n,\n2\n,\n]", "[ # c\n1, # d\n2 # e\n]"})
    void shouldTakeNewlinesAndOneTrailingCommaInsideBrackets(String list) throws Exception {
        assertThat(value("k=" + list)).isInstanceOf(XlValue.ListOf.class);
    }

    @Test
    void shouldGiveTheLineOfTheOpeningBracketAndGoOnCountingInsideTheList() throws Exception {
        assertThat(parse("\na=[\n1,\n2\n]\nb=3\n").settings())
                .extracting(XlSetting::line)
                .containsExactly(2, 6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"#", "@", "\r", "'", "\"", "\0", "+", "\\", "A", "\u00ff"})
    void shouldDropOneIllegalByteAtTheVeryEnd(String last) throws Exception {
        assertThat(value("k=1\n" + last)).isEqualTo(number("1"));
        assertThat(value("k=1" + last)).isEqualTo(number("1"));
    }

    @Test
    void shouldWriteAndCompareTheDeepestList() throws Exception {
        String nested = "[".repeat(4996) + "]".repeat(4996);
        XlValue value = value("k=" + nested);
        assertThat(value.toString().replace(", ", "")).isEqualTo(nested);
        assertThat(value).isEqualTo(value("k=" + nested)).hasSameHashCodeAs(value("k=" + nested));
        assertThat(value).isNotEqualTo(value("k=" + "[".repeat(4995) + "]".repeat(4995)));
    }

    /** The counts are what libxlutil of 4.17 takes; each repetition opens as many lists as it has brackets. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[           | ``    | 4996",
                "`[\n`      | ``    | 4996",
                "[           | 1     | 4996",
                "[           | `1,1` | 4995",
                "`[1,`       | ``    | 1999",
                "`[1,`       | 1     | 1998",
                "`[1,2,`     | ``    | 1998",
                "`[1\n,\n` | ``    | 1998",
                "`[[1,`      | ``    | 1427",
                "`[[],`      | ``    | 1998",
            })
    void shouldNestAsDeepAsXlAndNoDeeper(String level, String inmost, int most) throws Exception {
        assertThat(value(nested(level, inmost, most))).isInstanceOf(XlValue.ListOf.class);
        assertThat(refusal(nested(level, inmost, most + 1))).hasMessageContaining("memory exhausted");
    }

    private static String nested(String level, String inmost, int times) {
        String lines = level.replace("\\n", "\n");
        int open = (int) lines.chars().filter(c -> c == '[').count()
                - (int) lines.chars().filter(c -> c == ']').count();
        return "k=" + lines.repeat(times) + inmost + "]".repeat(times * open);
    }

    @Test
    void shouldTakeLongStringsNamesAndLists() throws Exception {
        String long1 = "a".repeat(1 << 20);
        assertThat(value(long1 + "='" + long1 + "'")).isEqualTo(text(long1));
        assertThat(value("k=[" + "1,".repeat(100_000) + "]"))
                .isInstanceOfSatisfying(
                        XlValue.ListOf.class, v -> assertThat(v.items()).hasSize(100_000));
    }

    @Test
    void shouldWriteAListLegibly() throws Exception {
        assertThat(value("k=['a',[1,2],[]]")).hasToString("[\"a\", [1, 2], []]");
    }
}
