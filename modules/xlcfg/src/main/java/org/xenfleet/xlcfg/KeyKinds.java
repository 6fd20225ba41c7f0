package org.xenfleet.xlcfg;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which keys xl 4.17 reads for which type of guest, and whether as a text, a number or a list; asks for each of them, so
 * that a value of another kind earns its warning. Keys with words or bounds of their own are read elsewhere besides.
 * Source: xlcfg-grammar section 2.11; which type reads what is measured.
 */
final class KeyKinds {
    private static final List<String> TEXTS = words("""
            bootloader builder cmdline device_model device_model_override device_model_stubdomain_seclabel
            device_model_user device_model_version device_tree extra firmware init_seclabel kernel name on_crash
            on_poweroff on_reboot on_soft_reset on_watchdog passthrough pool ramdisk rdm root seclabel
            stubdomain_cmdline stubdomain_kernel stubdomain_ramdisk type uuid vuart
            """);

    private static final List<String> NUMBERS = words("""
            acpi cap cpu_weight device_model_stubdomain_override dm_restrict driver_domain extratime hap latency
            localtime max_event_channels maxmem maxvcpus memory msr_relaxed nestedhvm nomigrate oos pci_msitranslate
            pci_permissive pci_power_mgmt pci_seize period rtc_timeoffset shadow_memory slice stubdomain_memory vcpus
            videoram vnc vncviewer vpmu xend_suspend_evtchn_compat
            """);

    private static final List<String> LISTS = words("""
            channel disk dtdev iomem ioports irqs p9 pci pvcalls usbctrl usbdev vdispl vfb vif vif2 vkb vnuma vsnd vtpm
            """);

    private static final List<String> HVM_TEXTS = words("""
            acpi_firmware bios bios_path_override boot firmware_override hdtype keymap ms_vm_genid smbios_firmware
            soundhw spice_image_compression spice_streaming_video spicehost spicepasswd vendor_device vga
            """);

    private static final List<String> HVM_NUMBERS = words("""
            acpi_laptop_slate acpi_s3 acpi_s4 altp2mhvm apic hpet mmio_hole nographic nx pae rdm_mem_boundary spice
            spice_clipboard_sharing spiceagent_mouse spicedisable_ticketing spiceport spicetls_port
            spiceusbredirection spicevdagent usb usbversion vkb_device vpt_align xen_platform_pci
            """);

    private static final List<String> PVH_TEXTS = words("pvshim_cmdline pvshim_extra pvshim_path");

    private static final List<String> SCREEN_TEXTS = words("display vnclisten vncpasswd xauthority");

    private static final List<String> SCREEN_NUMBERS = words("opengl sdl vncdisplay vncunused");

    private KeyKinds() {}

    private static List<String> words(String text) {
        return Arrays.asList(text.strip().split("\\s+"));
    }

    static void check(SettingReader settings, GuestType type) {
        TEXTS.forEach(settings::text);
        NUMBERS.forEach(settings::number);
        LISTS.forEach(settings::list);
        switch (type) {
            case HVM -> {
                HVM_TEXTS.forEach(settings::text);
                HVM_NUMBERS.forEach(settings::number);
                if (settings.text("vga").isEmpty()) {
                    settings.number("stdvga");
                }
                screen(settings);
            }
            case PVH -> {
                PVH_TEXTS.forEach(settings::text);
                settings.number("pvshim");
                screen(settings);
            }
            case PV -> {
                settings.number("e820_host");
                paravirtualScreen(settings);
            }
        }
    }

    private static void screen(SettingReader settings) {
        SCREEN_TEXTS.forEach(settings::text);
        SCREEN_NUMBERS.forEach(settings::number);
    }

    /** Without frame buffers of its own a PV guest has a screen only if {@code vnc} asks for one. */
    private static void paravirtualScreen(SettingReader settings) {
        Optional<List<XlValue>> frameBuffers = settings.list("vfb");
        if (frameBuffers.isPresent()
                && !frameBuffers.get().isEmpty()
                && frameBuffers.get().get(0) instanceof XlValue.Scalar) {
            screen(settings);
        } else if (settings.flag("vnc")) {
            screen(settings);
            settings.text("keymap");
        }
    }
}
