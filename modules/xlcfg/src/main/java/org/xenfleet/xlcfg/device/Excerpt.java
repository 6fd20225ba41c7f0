package org.xenfleet.xlcfg.device;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text of a file made fit for a message: cut short, and nothing that moves the cursor. */
public final class Excerpt {
    private static final int LIMIT = 60;
    private static final int BYTES_OF_ONE = 4;
    private static final int MOST_BYTES = (LIMIT + 2) * BYTES_OF_ONE;

    private Excerpt() {}

    /** At most 60 characters of it, which are those of UTF-8 if its bytes are that. Takes no longer for a long text. */
    public static String of(String bytes) {
        String text = unicode(head(bytes));
        int end = Math.min(text.length(), LIMIT);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < end; i++) {
            append(out, text.charAt(i));
        }
        return text.length() > LIMIT ? out.append("...").toString() : out.toString();
    }

    /** Enough bytes for more than the limit, without a character that is cut in two. */
    private static String head(String bytes) {
        int end = Math.min(bytes.length(), MOST_BYTES);
        while (end < bytes.length() && end > MOST_BYTES - BYTES_OF_ONE && bytes.charAt(end) >= 0x80) {
            end--;
        }
        return bytes.substring(0, end);
    }

    /**
     * The text of an xl file as its author sees it.
     *
     * @param bytes one char for each byte of the file
     * @return what they are as UTF-8; the same text if they are not that
     */
    public static String unicode(String bytes) {
        if (bytes.chars().allMatch(c -> c < 0x80)) {
            return bytes;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return bytes;
        }
    }

    private static void append(StringBuilder out, char c) {
        switch (c) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (c < ' ' || (c >= 0x7f && c < 0xa0)) {
                    out.append(String.format("\\x%02x", (int) c));
                } else {
                    out.append(c);
                }
            }
        }
    }
}
