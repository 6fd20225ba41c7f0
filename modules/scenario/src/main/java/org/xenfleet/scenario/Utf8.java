package org.xenfleet.scenario;

/** Tells text from binary data, in linear time and without allocation. */
final class Utf8 {
    private Utf8() {}

    /** @throws Refused with the line of the first byte that is NUL or not UTF-8 */
    static void check(String file, byte[] bytes) {
        int line = 1;
        int at = 0;
        while (at < bytes.length) {
            int b = bytes[at];
            int length = b > 0 ? 1 : length(bytes, at);
            if (length == 0) {
                String what = b == 0 ? "a NUL byte" : String.format("the byte 0x%02X, which is not UTF-8,", b & 0xFF);
                throw new Refused(new Problem(
                        file,
                        line,
                        0,
                        "is not a text file: it has " + what + " at offset " + at + "; give a HOCON text"));
            }
            if (b == '\n') {
                line++;
            }
            at += length;
        }
    }

    /** Bytes of the character at {@code at}, 0 if it is none; ASCII but NUL is the caller's. */
    private static int length(byte[] bytes, int at) {
        int lead = bytes[at] & 0xFF;
        int length =
                lead >= 0xC2 && lead < 0xE0 ? 2 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
        if (length == 0 || at + length > bytes.length) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        int second = bytes[at + 1] & 0xFF;
        boolean overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
        boolean outside = (lead == 0xED && second > 0x9F) || (lead == 0xF4 && second > 0x8F);
        return overlong || outside ? 0 : length;
    }
}
