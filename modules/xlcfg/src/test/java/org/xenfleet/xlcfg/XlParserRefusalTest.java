package org.xenfleet.xlcfg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.xenfleet.xlcfg.Xl.refusal;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the language does not have: xlcfg-grammar sections 1.1, 1.2 and 1.5. */
class XlParserRefusalTest {
    @Test
    void shouldNameFileLineTextAndReason() {
        XlSyntaxException refusal = refusal("a=1\nb=2 c=3\n");
        assertThat(refusal)
                .hasMessage("t.cfg:2: config parsing error near `c': syntax error, unexpected a name, "
                        + "expecting the end of the line or ';'");
        assertThat(refusal.line()).isEqualTo(2);
        assertThat(refusal.fileName()).isEqualTo("t.cfg");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "k = -1          | `-1': lexical error; a number with a sign must stand in quotes",
                "k = 1.5         | `.5': lexical error; this looks like Python",
                "k = True        | `True': lexical error; a name is in lower case",
                "k = true        | `true': syntax error, unexpected a name, expecting a string, a number or '['; a word",
                "k = none        | a word stands in quotes, and a boolean is 0 or 1",
                "k = 2G          | `G': lexical error; a number has no unit and no upper-case digits",
                "k = 2g          | `g': syntax error, unexpected a name",
                "k = 0X1F        | `X1F': lexical error",
                "k = 0x1F        | `F': lexical error",
                "K = 1           | `K': lexical error; a name is in lower case",
                "kEY = 1         | `EY': lexical error",
                "a-b = 1         | `-b': lexical error; neither a name nor a number has a dash in it",
                "_a = 1          | `_a': lexical error",
                "9a = 1          | unexpected a number, expecting a name",
                "'a' = 1         | unexpected a string, expecting a name",
                "a + = 1         | `+': lexical error",
                "a = 1 + 2       | `+': lexical error",
                "a = 'x' % 2     | `%': lexical error",
                "a = 'x' 'y'     | unexpected a string, expecting the end of the line or ';'",
                "a = '''x'''     | unexpected a string, expecting the end of the line or ';'",
                "a = (1, 2)      | `(1,': lexical error; this looks like Python",
                "a = {}          | `{}': lexical error",
                "a = 'x          | `'x': lexical error; the string is not closed on its line",
                "a = 'x\\'       | `'x\\'': lexical error; the string is not closed on its line",
                "a = 1 \\        | `\\': lexical error",
                "a 1             | unexpected a number, expecting '=' or '+='",
                "a               | unexpected the end of the line, expecting '=' or '+='",
                "a =             | unexpected the end of the line, expecting a string, a number or '['; the value",
                "a = ;           | unexpected ';'",
                "a == 1          | unexpected '=', expecting a string",
                "= 1             | unexpected '=', expecting a name",
                "a = 1, 2        | unexpected ',', expecting the end of the line or ';'",
                "]               | unexpected ']', expecting a name",
                "a = [,]         | unexpected ',', expecting a value or ']'",
                "a = [,1]        | unexpected ',', expecting a value or ']'",
                "a = [1,,2]      | unexpected ',', expecting a value or ']'",
                "a = [1,2,,]     | unexpected ',', expecting a value or ']'",
                "a = [1 2]       | unexpected a number, expecting ',' or ']'",
                "a = [1 [2]]     | unexpected '[', expecting ',' or ']'",
                "a = [1;2]       | unexpected ';', expecting ',' or ']'",
                "a = [b]         | unexpected a name, expecting a value or ']'; a word stands in quotes",
                "a = [1]]        | unexpected ']', expecting the end of the line or ';'",
                "a = [1] b = 2   | unexpected a name, expecting the end of the line or ';'",
            })
    void shouldRefuseWhatIsNotInTheLanguage(String statement, String reason) {
        XlSyntaxException refusal = refusal("first=1\n" + statement + "\nlast=1\n");
        assertThat(refusal).hasMessageContaining(reason);
        assertThat(refusal.line()).isEqualTo(2);
    }

    @Test
    void shouldRefuseAListThatIsNotClosedAndNameItsBracket() {
        assertThat(refusal("a=1\nb = [ 1,\n2"))
                .hasMessageContaining("unexpected the end of the file, expecting ']', for the '[' of line 2")
                .extracting(XlSyntaxException::line)
                .isEqualTo(3);
    }

    @Test
    void shouldRefuseAnIllegalLastByteInsideAnOpenList() {
        assertThat(refusal("b=[ 1 @")).hasMessageContaining("unexpected the end of the file");
    }

    @Test
    void shouldRefuseACommentWithoutANewlineAndSaySo() {
        assertThat(refusal("a=1\n#boot order")).hasMessageContaining("near `#boot': lexical error; a comment on the");
        assertThat(refusal("a=1 #b").line()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=1\r\nb=2\r\n", "\r\n", "a=1\rb=2"})
    void shouldRefuseCarriageReturnsInTheFirstLine(String file) {
        assertThat(refusal(file))
                .hasMessageContaining("take the carriage returns out")
                .extracting(XlSyntaxException::line)
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00ef\u00bb\u00bfa=1\n", "\u00ff\u00fea\0=\0001\0", "\u00fe\u00ff\0a\0=\0001"})
    void shouldRefuseAByteOrderMark(String file) {
        assertThat(refusal(file)).hasMessageContaining("byte order mark");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=1\f\n", "a=1\u000b\n", "a=\u00a01\n", "a\0=1\n", "a=1@@", "a=1 @ ", "a=1 @\n", "a='x"})
    void shouldRefuseOtherBytesBetweenTokens(String file) {
        assertThat(refusal(file)).hasMessageContaining("lexical error");
    }

    @Test
    void shouldRefuseNulInsideAString() {
        assertThat(refusal("a='x\0y'\n")).hasMessageContaining("near `'x\\x00y'': a NUL byte in a quoted string");
    }

    @Test
    void shouldReportTheFirstErrorOfSeveral() {
        assertThat(refusal("a=1\nb=-1\nc=(\n").line()).isEqualTo(2);
    }

    @Test
    void shouldNotMixTextsAndListsWithPlusEquals() {
        String reason = "can't add [list] to \"string\" or vice versa";
        assertThat(refusal("a=1\na+=[2]\n")).hasMessageContaining(reason).hasMessageStartingWith("t.cfg:2: ");
        assertThat(refusal("a=[1]\n\na+='2'\n")).hasMessageContaining(reason).hasMessageStartingWith("t.cfg:3: ");
        assertThat(refusal("a+=[1]\na+='2'\n")).hasMessageContaining(reason);
    }

    @Test
    void shouldNameTheLineOfTheBracketThatClosesAListThatCannotBeAdded() {
        assertThat(refusal("a=1\na+=[2,\n3\n]\nb=[\n").line()).isEqualTo(4);
    }

    @Test
    void shouldNameTheLineBeforeANewlineThatIsTooMuch() {
        assertThat(refusal("k=" + "[1\n,\n".repeat(1999)))
                .hasMessageContaining("near `\\n': memory exhausted")
                .extracting(XlSyntaxException::line)
                .isEqualTo(3997);
    }

    @Test
    void shouldRefuseTenMillionBracketsAtOnce() {
        byte[] brackets = new byte[10_000_002];
        Arrays.fill(brackets, (byte) '[');
        brackets[0] = 'k';
        brackets[1] = '=';
        assertTimeoutPreemptively(
                Duration.ofSeconds(2),
                () -> assertThatThrownBy(() -> XlParser.parse("deep", brackets))
                        .isInstanceOf(XlSyntaxException.class)
                        .hasMessageContaining("memory exhausted"));
        assertThatThrownBy(() -> XlParser.parse("deep", Arrays.copyOfRange(brackets, 2, brackets.length)))
                .isInstanceOf(XlSyntaxException.class)
                .hasMessageContaining("unexpected '[', expecting a name");
    }

    @Test
    void shouldCutLongTextShortInMessages() {
        assertThat(refusal("@".repeat(1000)))
                .hasMessage("t.cfg:1: config parsing error near `" + "@".repeat(60) + "...': lexical error");
    }
}
