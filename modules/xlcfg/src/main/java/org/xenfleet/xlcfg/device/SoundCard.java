package org.xenfleet.xlcfg.device;

import java.util.List;
import java.util.Set;

/**
 * One list in {@code vsnd}: texts that each begin with {@code card}, {@code pcm} or {@code stream} and set parameters
 * of it. Mistakes are fatal. Held against xl of 4.17.
 */
public final class SoundCard {
    private static final Set<String> SUBJECTS = Values.words("card pcm stream");
    private static final Set<String> DIRECTIONS = Values.words("p c");
    private static final Set<String> FORMATS =
            Values.words("s8 u8 s16_le s16_be u16_le u16_be s24_le s24_be u24_le u24_be s32_le s32_be"
                    + " u32_le u32_be f32_le f32_be f64_le f64_be iec958_subframe_le iec958_subframe_be mu_law a_law ima_adpcm"
                    + " mpeg gsm");

    private SoundCard() {}

    public static void check(String spec, SpecReport report) {
        List<String> parts = Parts.ofSpec(spec);
        if (parts.isEmpty()) {
            return;
        }
        String subject = parts.get(0);
        if (!Values.isOneOf(SUBJECTS, subject)) {
            report.refuse("it begins with card, pcm or stream");
            return;
        }
        for (String part : parts.subList(1, parts.size())) {
            int equals = part.indexOf('=');
            if (equals < 0 || !isRight(subject, part.substring(0, equals), part.substring(equals + 1))) {
                report.refuse("`" + Excerpt.of(part) + "` is no parameter of a " + subject
                        + ", or has no value that xl knows");
                return;
            }
        }
    }

    private static boolean isRight(String subject, String name, String value) {
        return switch (name) {
            case "channels-min", "channels-max", "buffer-size" -> true;
            case "sample-rates" -> !Parts.between(value, ';').isEmpty();
            case "sample-formats" -> areFormats(Parts.between(value, ';'));
            case "backend", "short-name", "long-name" -> Values.isOneOf(Set.of("card"), subject);
            case "name" -> Values.isOneOf(Set.of("pcm"), subject);
            case "unique-id" -> Values.isOneOf(Set.of("stream"), subject);
            case "type" -> Values.isOneOf(Set.of("stream"), subject) && Values.isOneOf(DIRECTIONS, value);
            default -> false;
        };
    }

    private static boolean areFormats(List<String> formats) {
        return !formats.isEmpty() && formats.stream().allMatch(format -> Values.isOneOf(FORMATS, format));
    }
}
