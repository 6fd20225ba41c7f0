package org.xenfleet.xlcfg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the bytes are, the answer is a guest or one of the two exceptions. The seeds are fixed. */
class FuzzTest {
    private static final int CASES = 20_000;
    private static final String ALPHABET = "ab9x0 \t\n\n;#'\"\\=+=[[]],,-.A\0\r\u00ff";
    private static final byte[] VALID = """
            # a guest
            name = "g1"; type = 'pvh'
            kernel = "/boot/vm\\tlinuz"
            memory = 0x400
            maxmem = '2048'
            vcpus = 2
            cpus = [ "0-3,^1", # first
                     'node:0', ]
            disk = [ 'a', [ 1, 2 ], ]
            extra = 'a'
            extra += "\\101b"
            on_crash = 'preserve'
            """.getBytes(StandardCharsets.ISO_8859_1);

    @Test
    void shouldOnlyEverRefuseRandomBytes() {
        Random random = new Random(1);
        int taken = 0;
        for (int i = 0; i < CASES; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            taken += isTaken(bytes) ? 1 : 0;
        }
        assertThat(taken).isLessThan(CASES);
    }

    @Test
    void shouldOnlyEverRefuseRandomWordsOfTheLanguage() {
        Random random = new Random(2);
        int taken = 0;
        for (int i = 0; i < CASES; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = anyOf(random);
            }
            taken += isTaken(bytes) ? 1 : 0;
        }
        assertThat(taken).isBetween(1, CASES - 1);
    }

    @Test
    void shouldOnlyEverRefuseMutationsOfAValidFile() {
        Random random = new Random(3);
        int taken = 0;
        for (int i = 0; i < CASES; i++) {
            byte[] bytes = Arrays.copyOf(VALID, VALID.length - random.nextInt(2) * random.nextInt(VALID.length));
            for (int changes = random.nextInt(4); changes > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = anyOf(random);
            }
            taken += isTaken(bytes) ? 1 : 0;
        }
        assertThat(taken).isBetween(CASES / 10, CASES - 1);
    }

    private static byte anyOf(Random random) {
        return (byte) ALPHABET.charAt(random.nextInt(ALPHABET.length()));
    }

    /** Whether the text is in the language; then it is also read as a guest, which may or may not work. */
    private static boolean isTaken(byte[] bytes) {
        XlFile file;
        try {
            file = XlParser.parse("fuzz", bytes);
        } catch (XlSyntaxException refused) {
            assertThat(refused.line()).isPositive();
            return false;
        }
        try {
            GuestConfig.read(file).cpus().resolve(0, 4, 2);
        } catch (XlConfigException refused) {
            assertThat(refused.problems()).isNotEmpty();
        }
        return true;
    }
}
