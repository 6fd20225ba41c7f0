package org.xenfleet.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineTest {
    @Test
    void shouldBreakASentenceAtItsSpaces() {
        assertThat(Line.wrap("one two three four", "  ", 10)).containsExactly("  one two", "  three", "  four");
        assertThat(Line.wrap("one two three four", "  ", 20)).containsExactly("  one two three four");
    }

    @Test
    void shouldCutAWordThatIsLongerThanALine() {
        assertThat(Line.wrap("a " + "b".repeat(20) + " c", " ", 10)).containsExactly(" a", " bbbbbb...", " c");
    }
}
