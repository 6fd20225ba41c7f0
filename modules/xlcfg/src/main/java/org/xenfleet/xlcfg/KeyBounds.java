package org.xenfleet.xlcfg;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.xenfleet.xlcfg.device.Excerpt;
import org.xenfleet.xlcfg.device.Values;

/**
 * Keys for whose other values xl refuses the file, though the simulator does not act on them, and which are no single
 * word (xlcfg-grammar sections 1.6, 2.2, 2.7 and 2.12).
 */
final class KeyBounds {
    private static final int MIN_HOLE_MIB = 256;
    private static final int MAX_HOLE_MIB = 3840;
    private static final Set<String> ENLIGHTENMENTS =
            Values.words("base freq time_ref_count reference_tsc hcall_remote_tlb_flush"
                    + " apic_assist crash_ctl synic stimer hcall_ipi ex_processor_masks no_vp_limit cpu_hotplug");

    private KeyBounds() {}

    static void check(SettingReader settings, GuestType type) {
        for (String key : List.of("max_grant_frames", "max_grant_version", "max_maptrack_frames")) {
            bounded(settings, key);
        }
        Optional<String> uuid = settings.text("uuid");
        if (uuid.isPresent() && !Values.isUuid(uuid.get())) {
            settings.refuse(
                    "uuid",
                    "Failed to parse UUID: \"" + Excerpt.of(uuid.get())
                            + "\". It is 32 hexadecimal digits, as in 01234567-89ab-cdef-0123-456789abcdef");
        }
        for (String key : List.of("device_model_args", "device_model_args_pv", "device_model_args_hvm")) {
            requireList(settings, key);
        }
        if (type == GuestType.HVM) {
            mmioHole(settings);
            vncDisplay(settings);
            eachWord(settings, "viridian", KeyBounds::isEnlightenment);
            requireList(settings, "mca_caps");
            eachWord(settings, "mca_caps", word -> word.equals("lmce"));
        }
    }

    /** xl exits without a word. */
    private static void bounded(SettingReader settings, String key) {
        if (!settings.isSet(key)) {
            return;
        }
        OptionalLong number = settings.numberIfAny(key);
        if (number.isEmpty() || number.getAsLong() < 0 || number.getAsLong() > Integer.MAX_VALUE) {
            settings.refuse(key, "`" + key + "` is a number from 0 to " + Integer.MAX_VALUE);
        }
    }

    private static void requireList(SettingReader settings, String key) {
        if (settings.isSet(key) && settings.list(key).isEmpty()) {
            settings.refuse(key, "`" + key + "` is a list of texts");
        }
    }

    /** The size wraps at 2^64 bytes before it is compared. */
    private static void mmioHole(SettingReader settings) {
        OptionalLong hole = settings.number("mmio_hole");
        long mebibytes = hole.orElse(MIN_HOLE_MIB) << 20 >>> 20;
        if (mebibytes < MIN_HOLE_MIB || mebibytes > MAX_HOLE_MIB) {
            settings.refuse(
                    "mmio_hole",
                    "`mmio_hole` = " + hole.orElse(0) + " MiB is out of range: " + MIN_HOLE_MIB + " to "
                            + MAX_HOLE_MIB);
        }
    }

    private static void vncDisplay(SettingReader settings) {
        boolean display = (int) settings.number("vncdisplay").orElse(0) != 0;
        if (display && settings.text("vnclisten").orElse("").contains(":")) {
            settings.refuse("vnclisten", "The display is given both in `vnclisten` and in `vncdisplay`; keep one");
        }
    }

    private static boolean isEnlightenment(String word) {
        return word.equals("all")
                || word.equals("defaults")
                || Values.isOneOf(ENLIGHTENMENTS, word.startsWith("!") ? word.substring(1) : word);
    }

    private static void eachWord(SettingReader settings, String key, Predicate<String> known) {
        if (!(settings.any(key).orElse(null) instanceof XlValue.ListOf list)) {
            return;
        }
        for (XlValue item : list.items()) {
            if (!(item instanceof XlValue.Scalar word)) {
                settings.refuse(key, "An item of `" + key + "` is a list, on which xl 4.17 crashes; write a text");
                return;
            }
            if (!known.test(word.text())) {
                settings.refuse(key, "Unknown word \"" + Excerpt.of(word.text()) + "\" in `" + key + "`");
            }
        }
    }
}
