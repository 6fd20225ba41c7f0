package org.xenfleet.xlcfg;

import java.util.Optional;
import org.xenfleet.xlcfg.device.Excerpt;

/** What a guest boots from, where xl refuses the file for it (xlcfg-grammar sections 2.1 and 2.7). */
final class BootKeys {
    private BootKeys() {}

    /** An HVM guest has a firmware in any case. */
    static void check(SettingReader settings, GuestType type) {
        if (type == GuestType.HVM) {
            return;
        }
        boolean kernel = settings.text("kernel").isPresent();
        boolean bootloader = settings.text("bootloader").isPresent();
        Optional<String> firmware = settings.text("firmware");
        if (firmware.isPresent() && kernel) {
            settings.refuse("firmware", "A " + type.label() + " guest has `kernel` or `firmware`, not both");
        } else if (firmware.isPresent() && !isGrub(firmware.get())) {
            settings.refuse(
                    "firmware",
                    "Invalid firmware \"" + Excerpt.of(firmware.get()) + "\": for a " + type.label()
                            + " guest it is pvgrub32 or pvgrub64");
        } else if (firmware.isEmpty() && !kernel && !bootloader) {
            settings.refuse("Neither kernel nor bootloader specified, and a " + type.label() + " guest needs one");
        }
    }

    /** Any prefix counts, even the empty one. */
    private static boolean isGrub(String firmware) {
        return "pvgrub32".startsWith(firmware) || "pvgrub64".startsWith(firmware);
    }
}
