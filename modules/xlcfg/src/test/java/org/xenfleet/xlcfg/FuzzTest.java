package org.xenfleet.xlcfg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whatever the bytes are, the answer is a guest or one of the two exceptions. The seed is fixed and printed; another is
 * had by {@code -Dsurefire.argLine=-Dxenfleet.fuzz.seed=N}.
 */
class FuzzTest {
    private static final long SEED = Long.getLong("xenfleet.fuzz.seed", 1);
    private static final int CASES = 5_000;
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
            disk = [ '/dev/a,raw,xvda,rw', "format=qcow2, vdev=xvdb, target=/b,c", ]
            vif = [ 'mac=00:16:3e:00:00:01,rate=10MB/s@20ms', 'bridge=x', [ 1, 2 ] ]
            vnuma = [ [ 'pnode=0', 'size=2048', 'vcpus=0-1' ] ]
            extra = 'a'
            extra += "\\101b"
            on_crash = 'preserve'
            """.getBytes(StandardCharsets.ISO_8859_1);

    @BeforeAll
    static void printTheSeed() {
        System.out.println("FuzzTest of xlcfg: seed " + SEED);
    }

    @Test
    void shouldOnlyEverRefuseRandomBytes() {
        Random random = new Random(SEED);
        assertThat(taken(() -> {
                    byte[] bytes = new byte[random.nextInt(60)];
                    random.nextBytes(bytes);
                    return bytes;
                }))
                .isLessThan(CASES);
    }

    @Test
    void shouldOnlyEverRefuseRandomLettersOfTheLanguage() {
        Random random = new Random(SEED);
        assertThat(taken(() -> {
                    byte[] bytes = new byte[random.nextInt(40)];
                    for (int j = 0; j < bytes.length; j++) {
                        bytes[j] = anyOf(random);
                    }
                    return bytes;
                }))
                .isBetween(1, CASES - 1);
    }

    @Test
    void shouldOnlyEverRefuseMutationsOfAValidFile() {
        assertThat(isTaken(VALID)).isTrue();
        Random random = new Random(SEED);
        assertThat(taken(() -> {
                    byte[] bytes =
                            Arrays.copyOf(VALID, VALID.length - random.nextInt(2) * random.nextInt(VALID.length));
                    for (int changes = random.nextInt(4); changes > 0; changes--) {
                        bytes[random.nextInt(bytes.length)] = anyOf(random);
                    }
                    return bytes;
                }))
                .isBetween(CASES / 10, CASES - 1);
    }

    @Test
    void shouldOnlyEverRefuseTextsThatAreNearlyRight() {
        assertThat(taken(new DrawnText(SEED)::next)).isBetween(CASES / 10, CASES - 1);
    }

    @Test
    void shouldOnlyEverRefuseGuestsWithSomethingOdd() {
        assertThat(taken(new DrawnGuest(SEED)::next)).isBetween(CASES / 2, CASES);
    }

    private static byte anyOf(Random random) {
        return (byte) ALPHABET.charAt(random.nextInt(ALPHABET.length()));
    }

    private static int taken(Supplier<byte[]> next) {
        int taken = 0;
        for (int i = 0; i < CASES; i++) {
            byte[] bytes = next.get();
            try {
                taken += isTaken(bytes) ? 1 : 0;
            } catch (RuntimeException | StackOverflowError | AssertionError e) {
                String text = new String(bytes, StandardCharsets.ISO_8859_1);
                throw new AssertionError("Seed " + SEED + ", case " + i + ": " + text, e);
            }
        }
        return taken;
    }

    /** Whether the text is in the language; then it is also written and read again, and read as a guest. */
    private static boolean isTaken(byte[] bytes) {
        XlFile file;
        try {
            file = XlParser.parse("fuzz", bytes);
        } catch (XlSyntaxException refused) {
            assertThat(refused.line()).isPositive();
            return false;
        }
        assertThat(values(readAgain(file))).isEqualTo(values(file));
        try {
            GuestConfig.read(file).cpus().resolve(0, 4, 2);
        } catch (XlConfigException refused) {
            assertThat(refused.problems()).isNotEmpty();
        }
        return true;
    }

    private static String values(XlFile file) {
        return file.settings().stream()
                .map(s -> s.name() + s.operator() + s.value())
                .toList()
                .toString();
    }

    private static XlFile readAgain(XlFile file) {
        StringBuilder text = new StringBuilder();
        for (XlSetting setting : file.settings()) {
            text.append(setting.name()).append(setting.operator());
            write(text, setting.value());
            text.append('\n');
        }
        try {
            return Xl.parse(text.toString());
        } catch (XlSyntaxException e) {
            throw new AssertionError("What was read and written cannot be read: " + text, e);
        }
    }

    private static void write(StringBuilder out, XlValue value) {
        if (value instanceof XlValue.ListOf list) {
            out.append('[');
            for (XlValue item : list.items()) {
                write(out, item);
                out.append(',');
            }
            out.append(']');
        } else if (value instanceof XlValue.Scalar scalar) {
            String text =
                    scalar.text().replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
            out.append('"').append(text).append('"');
        }
    }
}
