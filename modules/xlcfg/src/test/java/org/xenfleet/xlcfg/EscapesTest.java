package org.xenfleet.xlcfg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xenfleet.xlcfg.Xl.refusal;
import static org.xenfleet.xlcfg.Xl.text;
import static org.xenfleet.xlcfg.Xl.value;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** xlcfg-grammar section 1.3, faults included. */
class EscapesTest {
    @Test
    void shouldKnowTheEscapesOfC() throws Exception {
        String each = "\\\\ \\\" \\' \\a \\b \\f \\n \\r \\t \\v";
        String meaning = "\\ \" ' \u0007 \b \f \n \r \t \u000b";
        assertThat(value("k=\"" + each + "\"")).isEqualTo(text(meaning));
        assertThat(value("k='" + each + "'")).isEqualTo(text(meaning));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a\\101b | ab",
                "a\\199b | ab",
                "a\\1019b | ab",
                "a\\10199b | a9b",
                "a\\701 | a",
                "x\\1 +5y | xy",
                "x\\1+5y | xy",
                "x\\1  5y | xy",
            })
    void shouldMakeNothingOfANumericEscape(String raw, String meaning) throws Exception {
        assertThat(value("k=\"" + raw + "\"")).isEqualTo(text(meaning));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\0", "\\12", "\\0a", "\\1", "\\1 a", "\\1+", "\\1   5", "\\12\\3"})
    void shouldRefuseAShortNumericEscape(String raw) {
        assertThat(refusal("k='" + raw + "'"))
                .hasMessageContaining("invalid digit after backslash octal numerical character escape");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\x", "\\x41", "\\x414", "\\x4141"})
    void shouldRefuseEveryHexEscape(String raw) {
        assertThat(refusal("k='" + raw + "'"))
                .hasMessageContaining("invalid digit after backslash hex numerical character escape");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\c", "C:\\Windows", "\\8", "\\9", "\\ ", "\\u00e4", "\\\u00e4"})
    void shouldRefuseOtherEscapes(String raw) {
        assertThat(refusal("a=1\nk=\"" + raw + "\"\n"))
                .hasMessageStartingWith("t.cfg:2: ")
                .hasMessageContaining("invalid character after backlash in quoted string");
    }

    @Test
    void shouldNotLetAnEscapedQuoteCloseTheString() throws Exception {
        assertThat(value("k='a\\'b'")).isEqualTo(text("a'b"));
    }
}
