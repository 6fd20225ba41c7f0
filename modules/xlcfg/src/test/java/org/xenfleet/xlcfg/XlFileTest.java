package org.xenfleet.xlcfg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xenfleet.xlcfg.Xl.list;
import static org.xenfleet.xlcfg.Xl.number;
import static org.xenfleet.xlcfg.Xl.parse;
import static org.xenfleet.xlcfg.Xl.text;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What assignments mean together: xlcfg-grammar section 1.4. */
class XlFileTest {
    @Test
    void shouldReadTheLastAssignmentWhateverItsKind() throws Exception {
        assertThat(parse("a=1;a=[2];a='z'").live("a")).contains(text("z"));
        assertThat(parse("a='z';a=[2]").live("a")).contains(list(number("2")));
        assertThat(parse("b=1").live("a")).isEmpty();
    }

    @Test
    void shouldJoinTextsIntoWhatIsNoNumber() throws Exception {
        assertThat(parse("a=1;a+=1").live("a")).contains(text("11"));
        assertThat(parse("a='x';b=9;a+='y';a+=3").live("a")).contains(text("xy3"));
    }

    @Test
    void shouldAppendLists() throws Exception {
        assertThat(parse("a=[1];a+=['b',[]];a+=[]").live("a")).contains(list(number("1"), text("b"), list()));
    }

    @Test
    void shouldTakePlusEqualsOfAnUnsetNameAsEqualsButNotAsANumber() throws Exception {
        assertThat(parse("a+=1").live("a")).contains(text("1"));
        assertThat(parse("a+=[1]").live("a")).contains(list(number("1")));
    }

    @Test
    void shouldForgetEverythingBeforeTheLastEquals() throws Exception {
        assertThat(parse("a=1;a+=2;a=3").live("a")).contains(number("3"));
        assertThat(parse("a=[1];a='x';a+='y'").live("a")).contains(text("xy"));
    }

    @Test
    void shouldHoldTheSumAtEachPlusEquals() throws Exception {
        assertThat(parse("a=1\nb='x'\na+=2\na+='3'\na=4\n").held())
                .containsExactly(
                        new XlSetting("a", "=", 1, number("1")),
                        new XlSetting("b", "=", 2, text("x")),
                        new XlSetting("a", "+=", 3, text("12")),
                        new XlSetting("a", "+=", 4, text("123")),
                        new XlSetting("a", "=", 5, number("4")));
    }

    @Test
    void shouldHoldAllItemsAtTheLastPlusEquals() throws Exception {
        assertThat(parse("a=[1]\na+=[[2]]\na+=['c']\na=[]\n").held())
                .containsExactly(
                        new XlSetting("a", "=", 1, list()),
                        new XlSetting("a", "+=", 2, list()),
                        new XlSetting("a", "+=", 3, list(number("1"), list(number("2")), text("c"))),
                        new XlSetting("a", "=", 4, list()));
    }

    @Test
    void shouldNotHoldTheSquareOfAFileOfSums() throws Exception {
        int times = 20_000;
        List<XlSetting> held = parse("a+='0123456789'\n".repeat(times)).held();
        long characters = held.stream()
                .mapToLong(s -> ((XlValue.Scalar) s.value()).text().length())
                .sum();
        // The sums of the first 457 come to 10 * 457 * 458 / 2 = 1,046,530 characters, the next to more than 2^20.
        assertThat(held.get(457 - 1).value()).isEqualTo(text("0123456789".repeat(457)));
        assertThat(held.get(458 - 1).value()).isEqualTo(text("0123456789"));
        assertThat(held.get(times - 1).value()).isEqualTo(text("0123456789".repeat(times)));
        assertThat(characters).isLessThan((1 << 20) + 3 * 10L * times);
    }
}
