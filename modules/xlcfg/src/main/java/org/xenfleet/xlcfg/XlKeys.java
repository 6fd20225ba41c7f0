package org.xenfleet.xlcfg;

import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The names that xl looks at, in 4.17 or 4.22, and which of them the simulator acts on (xlcfg-grammar 2.11). */
final class XlKeys {
    private static final int MAX_DISTANCE = 2;

    static final Set<String> MODELLED = words("""
            builder cap cpu_weight cpus cpus_soft device_model_stubdomain_override device_model_version maxmem maxvcpus memory
            name on_crash pool type vcpus
            """);

    static final Set<String> ALL = words("""
            acpi acpi_firmware acpi_laptop_slate acpi_s3 acpi_s4 altp2m altp2m_count altp2mhvm apic arm_sci bios
            bios_path_override boot bootloader bootloader_args bootloader_restrict bootloader_user builder cap
            channel cmdline cpu_weight cpuid cpus cpus_soft device_model device_model_args device_model_args_hvm
            device_model_args_pv device_model_override device_model_stubdomain_override
            device_model_stubdomain_seclabel device_model_user device_model_version device_tree disk display
            dm_restrict driver_domain dtdev e820_host extra extratime firmware firmware_override gfx_passthru
            gic_version hap hdtype hpet hvm_pirq init_seclabel iomem ioports irqs kernel keymap latency
            llc_colors localtime max_event_channels max_grant_frames max_grant_version max_maptrack_frames
            maxmem maxvcpus mca_caps memory mmio_hole ms_vm_genid msr_relaxed name nestedhvm nographic nomigrate
            nr_spis nx on_crash on_poweroff on_reboot on_soft_reset on_watchdog oos opengl p9 pae passthrough
            pci pci_msitranslate pci_permissive pci_power_mgmt pci_seize period pool pvcalls pvshim
            pvshim_cmdline pvshim_extra pvshim_path ramdisk rdm rdm_mem_boundary root rtc_timeoffset sdl
            seclabel serial shadow_memory slice smbios smbios_firmware soundhw spice spice_clipboard_sharing
            spice_image_compression spice_streaming_video spiceagent_mouse spicedisable_ticketing spicehost
            spicepasswd spiceport spicetls_port spiceusbredirection spicevdagent stdvga stubdomain_cmdline
            stubdomain_kernel stubdomain_memory stubdomain_ramdisk sve tee timer_mode trap_unmapped_accesses
            tsc_mode type usb usbctrl usbdev usbdevice usbversion uuid vcpus vdispl vendor_device vfb vga
            videoram vif vif2 viridian virtio vkb vkb_device vmtrace_buf_kb vnc vncdisplay vnclisten vncpasswd
            vncunused vncviewer vnuma vpmu vpt_align vsnd vtpm vuart xauthority xen_platform_pci
            xen_platform_pci_bar_uc xend_suspend_evtchn_compat xenstore_feature_mask xenstore_quota
            """);

    /** Those of {@link #ALL} that came after 4.17. */
    static final Set<String> LATER = words("""
            altp2m_count arm_sci bootloader_restrict bootloader_user hvm_pirq llc_colors nr_spis smbios sve
            trap_unmapped_accesses virtio xen_platform_pci_bar_uc xenstore_feature_mask xenstore_quota
            """);

    private XlKeys() {}

    private static Set<String> words(String text) {
        return Collections.unmodifiableSet(
                new TreeSet<>(Arrays.asList(text.strip().split("\\s+"))));
    }

    /** The key that a misspelt name most likely means: at most two edits away, and at most one in two letters. */
    static Optional<String> nearest(String name) {
        String best = null;
        int bestDistance = Math.min(MAX_DISTANCE, name.length() / 2) + 1;
        for (String key : ALL) {
            if (Math.abs(key.length() - name.length()) < bestDistance) {
                int distance = distance(name, key);
                if (distance < bestDistance) {
                    best = key;
                    bestDistance = distance;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** Insertions, deletions, replacements and swaps of neighbours from one word to the other. */
    private static int distance(String from, String to) {
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(from, to, i, j, cost);
            }
        }
        return cost[from.length()][to.length()];
    }

    private static int cheapest(String from, String to, int i, int j, int[][] cost) {
        int replaced = cost[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
