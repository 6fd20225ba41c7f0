package org.xenfleet.xlcfg;

import java.nio.charset.StandardCharsets;

/** Texts that are nearly in the language, and some that are: for {@link ObservedTextsTest}. */
final class DrawnText {
    private static final String BYTES = "ab9x0 \t\n\n;#'\"\\=+=[[]],,-.A\r\u00ff\0";
    private static final String WORDS =
            "a b a kk = = = += += [ [ ] ] , , \\n \\n ; ~~ 1 2 0x1f 08 'x' \"y\" 'a\\n' '\\123'"
                    + " '\\12' '\\q' #c\\n # ' @ -1 \\r + .x K \\ '\\1~~+5' '\\x41' a=1 a=[1] a+=[2] a+=3 \\nb='q'\\n '~~7' '-0x1F'"
                    + " 99999999999999999999 '\\0";

    private final Draw draw;

    DrawnText(long seed) {
        draw = new Draw(seed);
    }

    byte[] next() {
        String text = draw.inTen(3) ? bytes() : draw.inTen(6) ? words() : nearlyRight();
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private String bytes() {
        return draw.some(30, "", i -> String.valueOf(BYTES.charAt(draw.below(BYTES.length()))));
    }

    private String words() {
        return draw.some(16, "", i -> word());
    }

    private String word() {
        return draw.of(WORDS.split(" ")).replace("~~", " ").replace("\\n", "\n").replace("\\r", "\r");
    }

    private String nearlyRight() {
        String text = draw.some(
                6,
                "",
                i -> draw.of("a", "b") + draw.of("=", "=", "+=") + value(0) + draw.of("\n", "\n", ";", " # c\n"));
        if (!text.isEmpty() && draw.inTen(4)) {
            int at = draw.below(text.length());
            text = text.substring(0, at) + word() + text.substring(Math.min(text.length(), at + draw.below(2)));
        }
        return draw.inTen(2) ? text.substring(0, draw.below(text.length() + 1)) : text;
    }

    private String value(int depth) {
        if (depth > 2 || draw.inTen(6)) {
            return draw.of("1", "'s'", "0x9", "' 5'");
        }
        return "[" + draw.some(3, ",", i -> value(depth + 1)) + draw.of("", ",", "\n") + "]";
    }
}
