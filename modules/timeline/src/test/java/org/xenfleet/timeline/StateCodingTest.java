package org.xenfleet.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** States as bytes. {@code state.hex} holds the bytes of {@link #small}, so that the format cannot change unnoticed. */
class StateCodingTest {
    private static final int HEADER = 14;

    /** What a token and two relays of a ring might have written: every kind of value, and names that come again. */
    private static StateBuffer small() {
        StateBuffer state = new StateBuffer();
        state.put("now", 10_000_000_000L);
        state.put("actor", "relay-0");
        state.put("seen", 3);
        state.put("open", true);
        state.put("actor", "relay-1 größer");
        state.put("seen", -3);
        state.put("open", false);
        state.put("random", new long[] {Long.MIN_VALUE, Long.MAX_VALUE, 0});
        return state;
    }

    private static byte[] fixture() throws IOException {
        try (InputStream in = StateCodingTest.class.getResourceAsStream("state.hex")) {
            assertThat(in).isNotNull();
            return HexFormat.of()
                    .parseHex(new String(in.readAllBytes(), StandardCharsets.US_ASCII).replaceAll("\\s", ""));
        }
    }

    @Test
    void shouldReadAndWriteTheBytesOfTheFixture() throws Exception {
        byte[] fixture = fixture();

        assertThat(StateBuffer.decode(fixture).firstDifference(small())).isEqualTo(-1);
        assertThat(HexFormat.of().formatHex(small().encode()))
                .isEqualTo(HexFormat.of().formatHex(fixture));
    }

    @Test
    void shouldGiveBackEveryRandomState() throws Exception {
        for (int seed = 0; seed < 500; seed++) {
            StateBuffer state = random(new Random(seed));
            byte[] bytes = state.encode();
            StateBuffer decoded = StateBuffer.decode(bytes);

            assertThat(decoded.firstDifference(state)).as("seed %d", seed).isEqualTo(-1);
            assertThat(decoded.encode()).as("seed %d", seed).isEqualTo(bytes);
        }
    }

    /** Up to 3,000 fields of up to 40 names; numbers of every size, texts of up to 20 characters of any plane. */
    private static StateBuffer random(Random random) {
        StateBuffer state = new StateBuffer();
        int names = 1 + random.nextInt(40);
        int fields = random.nextInt(1 << random.nextInt(12));
        for (int i = 0; i < fields; i++) {
            String name = "field-" + random.nextInt(names);
            if (random.nextInt(20) == 0) {
                StringBuilder text = new StringBuilder();
                random.ints(random.nextInt(20), 0, 0x11000)
                        .map(c -> c >= 0xD800 && c < 0xE000 ? 'x' : c)
                        .forEach(text::appendCodePoint);
                state.put(name, text.toString());
            } else {
                state.put(name, random.nextLong() >> random.nextInt(64));
            }
        }
        return state;
    }

    @Test
    void shouldKeepAnEmptyState() throws Exception {
        assertThat(StateBuffer.decode(new StateBuffer().encode()).size()).isZero();
    }

    @Test
    void shouldTellANumberFromATextOfTheSameName() throws Exception {
        StateBuffer state = new StateBuffer();
        state.put("x", 1);
        state.put("x", "1");

        StateBuffer decoded = StateBuffer.decode(state.encode());

        assertThat(decoded.value(0)).isEqualTo(1L);
        assertThat(decoded.value(1)).isEqualTo("1");
        assertThatThrownBy(() -> decoded.reader().getString("x")).hasMessage("x is a number, not a text");
    }

    @Test
    void shouldDeflateALargeStateAndTakeAboutAByteAFieldOrLess() throws Exception {
        StateBuffer state = new StateBuffer();
        for (int i = 0; i < 1_000; i++) {
            state.put("actor", "relay-" + i);
            state.put("sent", i * 1_000_000_007L);
            state.put("received", i);
            state.put("open", i % 2 == 0);
        }

        byte[] bytes = state.encode();

        assertThat(bytes[5]).as("deflated").isEqualTo((byte) 1);
        assertThat(inflated(bytes))
                .as("bytes of the body")
                .isEqualTo(ByteBuffer.wrap(bytes).getInt(6));
        assertThat(bytes.length).isLessThan(state.size());
        assertThat(StateBuffer.decode(bytes).firstDifference(state)).isEqualTo(-1);
    }

    /** How many bytes the body has, by a raw inflater; one of zlib would refuse it. */
    private static long inflated(byte[] state) throws DataFormatException {
        Inflater inflater = new Inflater(true);
        inflater.setInput(state, HEADER, state.length - HEADER - 4);
        inflater.inflate(new byte[1 << 20]);
        assertThat(inflater.finished()).isTrue();
        long length = inflater.getBytesWritten();
        inflater.end();
        return length;
    }

    @Test
    void shouldRefuseEveryChangeOfEveryByte() throws Exception {
        byte[] good = fixture();
        for (int at = 0; at < good.length; at++) {
            for (int change = 1; change < 256; change++) {
                byte[] bad = good.clone();
                bad[at] ^= (byte) change;
                assertThatThrownBy(() -> StateBuffer.decode(bad)).isInstanceOf(DamagedState.class);
            }
        }
    }

    @Test
    void shouldRefuseEveryStateThatIsCutOffOrTooLong() throws Exception {
        byte[] good = fixture();
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThatThrownBy(() -> StateBuffer.decode(cut)).isInstanceOf(DamagedState.class);
        }
        assertThatThrownBy(() -> StateBuffer.decode(Arrays.copyOf(good, good.length + 1)))
                .isInstanceOf(DamagedState.class)
                .hasMessageContaining("it was cut off, or is damaged");
    }

    @Test
    void shouldSayWhatIsWrong() throws Exception {
        byte[] newer = fixture();
        newer[4] = 2;
        byte[] changed = fixture();
        changed[HEADER + 20] ^= 1;

        assertThatThrownBy(() -> StateBuffer.decode("no state but some words".getBytes(StandardCharsets.US_ASCII)))
                .hasMessage("These bytes are no state: they do not begin with XFST.");
        assertThatThrownBy(() -> StateBuffer.decode(new byte[3]))
                .hasMessage("A state has at least 18 bytes; here are 3.");
        assertThatThrownBy(() -> StateBuffer.decode(newer))
                .hasMessage("The state has format 2; this program reads format 1.");
        assertThatThrownBy(() -> StateBuffer.decode(changed))
                .hasMessageStartingWith("The state is damaged: its check sum is");
    }

    /** With a right check sum: columns, fields, lengths and sizes that cannot be, none of which may cost memory or time. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ffffffff07", // 2^31 - 1 columns
                "ffffffffffffffffff01", // -1 columns
                "010003616263", // one column, and nothing after it
                "0100ffffffff07", // its name has 2^31 - 1 bytes
                "0100016100ffffffff07", // the order has 2^31 - 1 bytes
                "010001617f0000", // 127 fields without values
                "0100016101020001", // one field, of column 1 of 1
                "01000161010200000000", // one value, and two bytes too many
                "0101016101020000026162ff", // a byte after a text
                "0101016101020000" + "01ff", // a text that is not UTF-8
                "01000161010300000500", // five fields more are named
                "0100016101020000" + "ffffffffffffffffffff01" // a number of 77 bits
            })
    void shouldRefuseABodyThatCannotBe(String body) {
        byte[] sealed = seal(HexFormat.of().parseHex(body), 0, body.length() / 2);

        assertThatThrownBy(() -> StateBuffer.decode(sealed)).isInstanceOf(DamagedState.class);
    }

    @Test
    void shouldRefuseASizeThatItsBytesCannotInflateTo() {
        for (int plain : new int[] {-1, 0, 50_000, 300 << 20, Integer.MAX_VALUE}) {
            byte[] sealed = seal(new byte[40], 1, plain);

            assertThatThrownBy(() -> StateBuffer.decode(sealed))
                    .as("%d bytes", plain)
                    .isInstanceOf(DamagedState.class);
        }
    }

    /** Random bytes in a right frame are refused, or are a state; nothing else happens. */
    @Test
    void shouldComeToAnEndWithAnyBody() {
        int refused = 0;
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] body = new byte[random.nextInt(60)];
            for (int i = 0; i < body.length; i++) {
                body[i] = (byte) random.nextInt(random.nextBoolean() ? 4 : 256);
            }
            try {
                StateBuffer.decode(seal(body, 0, body.length));
            } catch (DamagedState e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(10_000);
    }

    private static byte[] seal(byte[] body, int form, int plain) {
        ByteBuffer out = ByteBuffer.allocate(HEADER + body.length + 4);
        out.put("XFST".getBytes(StandardCharsets.US_ASCII)).put((byte) 1).put((byte) form);
        out.putInt(plain).putInt(body.length).put(body);
        CRC32C checksum = new CRC32C();
        checksum.update(out.array(), 0, HEADER + body.length);
        return out.putInt((int) checksum.getValue()).array();
    }

    @Test
    void shouldRefuseToStoreHalfACharacter() {
        StateBuffer state = new StateBuffer();
        state.put("name", "\ud800");

        assertThatThrownBy(state::encode)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not well-formed Unicode");
    }

    @Test
    void shouldRefuseToReadMoreNumbersThanThereAre() {
        StateBuffer state = new StateBuffer();
        state.put("random", 1_000_000_000);
        state.put("random", 1);

        assertThatThrownBy(() -> state.reader().getLongs("random"))
                .hasMessage("state ends before the 1000000000 values of random");
    }
}
