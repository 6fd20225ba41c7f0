package org.xenfleet.xlcfg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * No text takes more than linear work: the bytes that the lexer looks at are counted, and so is the memory that parsing
 * and reading allocate. Work that does neither is only held to end, on texts for which the square of the length would be
 * years.
 */
class LinearWorkTest {
    private static final int SIZE = 1 << 13;

    @Test
    void shouldLookAtEachByteAFewTimes() throws XlSyntaxException {
        for (byte[] text : Observed.texts()) {
            assertThat(looks(text)).isLessThanOrEqualTo(1L + Lexer.MOST_LOOKS * (long) text.length);
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "'", "'x\\", "#", "`\"'`", "\\", "+", "a", "1", "`'' `", "@", "` `", "a='", "`[`", "`a=1;`", "`' '\\`"
            })
    void shouldLookAtEachByteAFewTimesOfAHostileText(String piece) {
        byte[] text = piece.repeat(SIZE).getBytes(StandardCharsets.ISO_8859_1);
        assertThat(looks(text)).isLessThanOrEqualTo(Lexer.MOST_LOOKS * (long) text.length);
    }

    private static long looks(byte[] text) {
        Lexer lexer = new Lexer("t.cfg", text);
        try {
            while (lexer.next().kind() != Token.Kind.END) {}
        } catch (XlSyntaxException refused) {
            assertThat(refused.line()).isPositive();
        }
        return lexer.looks();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "``        | `a=1\\n`      | ``",
                "``        | `a+='xy'\\n`  | ``",
                "``        | `a+=[1]\\n`   | ``",
                "``        | `memory+=1\\n`| ``",
                "`a=[`     | `1,`          | `]`",
                "`a=[`     | `[[]],`       | `]`",
                "`a='`     | `\\t`         | `'`",
                "`cpus='`  | `0,`          | `'`",
                "`cpus=[`  | `'0',`        | `]`",
                "`disk=['` | ` colo,`      | `']`",
                "`disk=['` | `a:`          | `']`",
                "`disk=[`  | `'a,,b',`     | `]`",
                "`vif=['`  | `ip=1,`       | `']`",
                "`vif=[`   | `'foo',`      | `]`",
                "`pci=['`  | `00:`         | `']`",
                "`pci=['0:0.0,` | `seize=,`| `']`",
                "`vdispl=['connectors=` | `a:1x1;` | `']`",
                "`channel=['`           | `name=a,`| `']`",
                "`vnuma=[` | `[],`         | `]`",
                "`vnuma=[['vcpus=`      | `0,`     | `']]`",
                "`vsnd=[[` | `'card',`     | `]]`",
                "`cpuid='host` | `,x`      | `'`",
                "`iomem=[` | `'0,0',`      | `]`",
                "`bootloader_args='`    | ` a`     | `'`",
                "`viridian=[` | `'base',`  | `]`",
            })
    void shouldAllocateNoMoreThanTwiceAsMuchForTwiceAsMuch(String before, String piece, String after) {
        String line = piece.replace("\\n", "\n");
        read(before + line.repeat(SIZE) + after);
        long once = allocated(before + line.repeat(SIZE) + after);
        long twice = allocated(before + line.repeat(2 * SIZE) + after);
        assertThat(twice).isLessThan(once * 5 / 2 + (1 << 20));
    }

    private static long allocated(String text) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        read(text);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static void read(String text) {
        byte[] bytes = ("name='g'\ntype='hvm'\nvcpus=1\n" + text + "\n").getBytes(StandardCharsets.ISO_8859_1);
        try {
            XlFile file = XlParser.parse("t.cfg", bytes);
            file.held();
            GuestConfig.read(file).cpus().resolve(0, 4, 2);
        } catch (XlSyntaxException | XlConfigException refused) {
            assertThat(refused).hasMessageContaining("t.cfg");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "`disk=['` | ` colo,`      | `']`",
                "`disk=['` | `\\t`         | `']`",
                "`disk=['` | `\\n a`       | `']`",
                "`vif=['`  | ` ,`          | `']`",
                "`pci=['`  | `0`           | `']`",
                "`pci=['`  | `=`           | `']`",
                "`cpus='`  | `0-3,`        | `'`",
                "`memory='`| `0`           | `'`",
                "`uuid='`  | `0`           | `'`",
                "`vif=['rate=` | `0`       | `']`",
                "`vnuma=[['`   | `=`       | `']]`",
                "`channel=['`  | ` = `     | `']`",
                "`iomem=['`    | `0`       | `']`",
                "`cpuid=['`    | `0`       | `']`",
            })
    void shouldComeToAnEndOfTextsThatTemptToLookAgain(String before, String piece, String after) {
        String text = before + piece.repeat(1 << 19) + after;
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> read(text));
    }

    @Test
    void shouldComeToAnEndOfManyNamesThatXlDoesNotKnow() throws Exception {
        StringBuilder text = new StringBuilder("name='g'\ntype='hvm'\n");
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            text.append('m').append(Long.toString(random.nextLong() >>> 1, 36)).append("=1\n");
        }
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            GuestConfig guest = Xl.guest(text.toString());
            assertThat(guest.warnings()).hasSize(101);
            assertThat(guest.warnings())
                    .filteredOn(w -> w.line() == 0)
                    .singleElement()
                    .satisfies(w -> assertThat(w.message()).contains("further names silently"));
        });
    }
}
