package org.xenfleet.xlcfg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xenfleet.xlcfg.Xl.list;
import static org.xenfleet.xlcfg.Xl.number;
import static org.xenfleet.xlcfg.Xl.parse;
import static org.xenfleet.xlcfg.Xl.text;

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
}
