package org.xenfleet.xlcfg;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.xenfleet.xlcfg.device.ChannelSpec;
import org.xenfleet.xlcfg.device.CpuidSpec;
import org.xenfleet.xlcfg.device.DiskSpec;
import org.xenfleet.xlcfg.device.Excerpt;
import org.xenfleet.xlcfg.device.KeyboardSpec;
import org.xenfleet.xlcfg.device.NamedParts;
import org.xenfleet.xlcfg.device.NicSpec;
import org.xenfleet.xlcfg.device.PciSpec;
import org.xenfleet.xlcfg.device.RdmSpec;
import org.xenfleet.xlcfg.device.ResourceSpecs;
import org.xenfleet.xlcfg.device.ScreenSpec;
import org.xenfleet.xlcfg.device.SoundCard;
import org.xenfleet.xlcfg.device.SpecReport;
import org.xenfleet.xlcfg.device.VirtualNode;

/** The keys that list devices: hands each text to the class that knows its language (xlcfg-grammar 2.8 to 2.10). */
final class DeviceKeys {
    /** One of the languages. */
    private interface Spec extends BiConsumer<String, SpecReport> {}

    private final SettingReader settings;

    private DeviceKeys(SettingReader settings) {
        this.settings = settings;
    }

    static void check(SettingReader settings) {
        DeviceKeys keys = new DeviceKeys(settings);
        keys.texts("disk", DiskSpec::check);
        keys.texts("vif", NicSpec::check);
        keys.texts("pci", PciSpec::check);
        keys.texts("p9", NamedParts.p9()::check);
        keys.texts("vtpm", NamedParts.vtpm()::check);
        keys.texts("pvcalls", NamedParts.pvcalls()::check);
        keys.texts("usbctrl", NamedParts.usbctrl()::check);
        keys.texts("usbdev", NamedParts.usbdev()::check);
        keys.texts("vdispl", ScreenSpec::check);
        keys.texts("vkb", KeyboardSpec::check);
        keys.texts("channel", ChannelSpec::check);
        keys.everyItem("irqs", ResourceSpecs::irq);
        keys.everyItem("ioports", ResourceSpecs::ioPorts);
        keys.everyItem("iomem", ResourceSpecs::ioMemory);
        keys.soundCards();
        keys.cpuid();
        settings.text("rdm").ifPresent(spec -> RdmSpec.check(spec, keys.report("rdm", spec)));
    }

    /** xl stops reading at the first item that is a list. */
    private void texts(String key, Spec spec) {
        for (XlValue item : settings.list(key).orElse(List.of())) {
            if (!(item instanceof XlValue.Scalar text)) {
                settings.warn(key, "has an item that is a list; xl stops reading there");
                return;
            }
            spec.accept(text.text(), report(key, text.text()));
        }
    }

    private void everyItem(String key, Spec spec) {
        for (XlValue item : settings.list(key).orElse(List.of())) {
            if (item instanceof XlValue.Scalar text) {
                spec.accept(text.text(), report(key, text.text()));
            } else {
                settings.refuse(key, "An item of `" + key + "` is a list; write a text");
            }
        }
    }

    private void soundCards() {
        for (XlValue item : settings.list("vsnd").orElse(List.of())) {
            if (!(item instanceof XlValue.ListOf card)) {
                settings.refuse("vsnd", "An item of `vsnd` is no list; each sound card is a list of texts");
                return;
            }
            for (String text : leadingTexts(card)) {
                SoundCard.check(text, report("vsnd", text));
            }
        }
    }

    private static List<String> leadingTexts(XlValue.ListOf list) {
        List<String> texts = new ArrayList<>();
        for (XlValue item : list.items()) {
            if (!(item instanceof XlValue.Scalar text)) {
                break;
            }
            texts.add(text.text());
        }
        return texts;
    }

    private void cpuid() {
        Optional<XlValue> cpuid = settings.any("cpuid");
        if (cpuid.isPresent() && cpuid.get() instanceof XlValue.Scalar text) {
            CpuidSpec.flags(text.text(), report("cpuid", text.text()));
        } else if (cpuid.isPresent() && cpuid.get() instanceof XlValue.ListOf list) {
            leadingTexts(list).forEach(text -> CpuidSpec.leaf(text, report("cpuid", text)));
        }
    }

    /** The virtual NUMA nodes, in their order; none after a problem. */
    static List<VirtualNode> virtualNodes(SettingReader settings) {
        List<XlValue> items = settings.list("vnuma").orElse(List.of());
        DeviceKeys keys = new DeviceKeys(settings);
        List<VirtualNode> nodes = new ArrayList<>();
        for (XlValue item : items) {
            if (!(item instanceof XlValue.ListOf node)) {
                settings.refuse("vnuma", "An item of `vnuma` is no list; each virtual node is a list of texts");
                return List.of();
            }
            List<String> texts = node.items().stream()
                    .filter(XlValue.Scalar.class::isInstance)
                    .map(text -> ((XlValue.Scalar) text).text())
                    .toList();
            nodes.add(VirtualNode.read(texts, items.size(), keys.report("vnuma", String.join("\", \"", texts))));
        }
        return nodes;
    }

    private SpecReport report(String key, String spec) {
        String quoted = "\"" + Excerpt.of(spec) + "\": ";
        return new SpecReport() {
            @Override
            public void refuse(String what) {
                settings.refuse(key, "`" + key + "` " + quoted + what);
            }

            @Override
            public void warn(String what) {
                settings.warn(key, quoted + what);
            }
        };
    }
}
