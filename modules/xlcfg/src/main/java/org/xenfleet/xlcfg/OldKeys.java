package org.xenfleet.xlcfg;

import java.util.Optional;
import org.xenfleet.xlcfg.device.Values;

/** What xl 4.17 warns of though it takes it: deprecated keys, and keys that lack their companion (xlcfg-grammar 2.11). */
final class OldKeys {
    private OldKeys() {}

    static void check(SettingReader settings, GuestType type) {
        boolean hvm = type == GuestType.HVM;
        deviceModel(settings, hvm);
        if (settings.text("cmdline").isPresent()
                && (settings.text("root").isPresent() || settings.text("extra").isPresent())) {
            String key = settings.text("root").isPresent() ? "root" : "extra";
            settings.warn(key, "is ignored in favour of `cmdline`");
        }
        bootloaderArguments(settings);
        if (settings.number("vncviewer").isPresent()) {
            settings.warn("vncviewer", "is ignored; `xl create -V` starts a viewer");
        }
        if (settings.list("vif2").isPresent()) {
            settings.warn("vif2", "is deprecated, and xl does not support it");
        }
        if (settings.number("msr_relaxed").isPresent()) {
            settings.warn("msr_relaxed", "will go from a later xl");
        }
        if (hvm) {
            hvmOnly(settings);
        }
    }

    private static void deviceModel(SettingReader settings, boolean hvm) {
        Optional<String> old = settings.text("device_model");
        if (old.isPresent()) {
            boolean stub = old.get().contains("stubdom-dm");
            String instead = stub && hvm ? " or `device_model_stubdomain_override`" : "";
            settings.warn("device_model", "is ignored; a model of one's own is `device_model_override`" + instead);
        }
        if (settings.text("device_model_override").isPresent()
                && settings.text("device_model_version").isEmpty()) {
            settings.warn("device_model_override", "is given without `device_model_version`");
        }
    }

    private static void bootloaderArguments(SettingReader settings) {
        Optional<XlValue> arguments = settings.any("bootloader_args");
        if (arguments.isPresent() && arguments.get() instanceof XlValue.Scalar text) {
            if (Values.isBlank(text.text())) {
                settings.refuse("bootloader_args", "`bootloader_args` is an empty text, on which xl 4.17 crashes");
            } else {
                settings.warn("bootloader_args", "as a text is deprecated; it is a list of arguments now");
            }
        }
    }

    private static void hvmOnly(SettingReader settings) {
        if (settings.number("altp2mhvm").isPresent()) {
            settings.warn("altp2mhvm", "is deprecated; it is `altp2m` now");
        }
        if (settings.text("bios_path_override").isPresent()
                && settings.text("bios").isEmpty()) {
            settings.warn("bios_path_override", "is given without `bios`");
        }
        String kernel = settings.text("kernel").orElse("");
        if (kernel.substring(kernel.lastIndexOf('/') + 1).equals("hvmloader")) {
            settings.warn(
                    "kernel", "names the firmware of HVM guests and is ignored; another one is `firmware_override`");
        }
    }
}
