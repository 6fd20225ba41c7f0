package org.xenfleet.xlcfg;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.xenfleet.xlcfg.device.Excerpt;
import org.xenfleet.xlcfg.device.VirtualNode;

/** The work of {@link GuestConfig#read}: collects the problems instead of stopping at the first. For one file. */
final class GuestReader {
    private static final int DEFAULT_WEIGHT = 256;
    private static final int MAX_WEIGHT = 65535;
    /** What libxl takes for "not given" where a weight or a cap is due. */
    private static final long UNSET = -1;

    private final SettingReader settings;

    GuestReader(XlFile file) {
        this.settings = new SettingReader(file);
    }

    GuestConfig read() throws XlConfigException {
        String name = name();
        Optional<GuestType> known = type();
        GuestType type = known.orElse(GuestType.PV);
        List<VirtualNode> nodes = DeviceKeys.virtualNodes(settings);
        GuestSize size = GuestSize.read(settings, nodes);
        CpuAffinity cpus = cpus("cpus", size.maxVcpus());
        CpuAffinity cpusSoft = cpus("cpus_soft", size.maxVcpus());
        int weight = (int) within("cpu_weight", DEFAULT_WEIGHT, 1, MAX_WEIGHT);
        int cap = (int) within("cap", 0, 0, 100L * size.maxVcpus());
        Optional<String> pool = settings.text("pool");
        boolean stub = stubDomain(type);
        Optional<String> version = deviceModelVersion();
        OnCrash onCrash = onCrash();
        known.ifPresent(certain -> checkTheRest(certain, size, !nodes.isEmpty()));
        if (!settings.problems().isEmpty()) {
            throw new XlConfigException(settings.fileName(), settings.problems());
        }
        return new GuestConfig(
                settings.fileName(),
                name,
                type,
                size.memoryMiB(),
                size.maxMemMiB(),
                size.vcpus(),
                size.maxVcpus(),
                cpus,
                cpusSoft,
                weight,
                cap,
                pool,
                stub,
                version,
                onCrash,
                nodesNeeded(nodes),
                settings.warnings(),
                KeyNames.notModelled(settings),
                KeyNames.lines(settings));
    }

    /** Everything for which xl refuses or warns, though it changes nothing here. */
    private void checkTheRest(GuestType type, GuestSize size, boolean virtualNodes) {
        BootKeys.check(settings, type);
        KeyKinds.check(settings, type);
        KeyWords.check(settings, type);
        KeyBounds.check(settings, type);
        DeviceKeys.check(settings);
        OldKeys.check(settings, type);
        KeyNames.check(settings);
        boolean onDemand = type != GuestType.PV && size.maxMemMiB() > size.memoryMiB();
        boolean pci = !settings.list("pci").orElse(List.of()).isEmpty();
        if (onDemand && (pci || virtualNodes)) {
            settings.refuse(
                    "memory",
                    "libxl refuses `memory` below `maxmem` for a " + type.label() + " guest together with `"
                            + (pci ? "pci" : "vnuma") + "`; make the two equal");
        }
    }

    private static int nodesNeeded(List<VirtualNode> nodes) {
        int needed = 0;
        for (VirtualNode node : nodes) {
            boolean small = Long.compareUnsigned(node.pnode(), Integer.MAX_VALUE) < 0;
            needed = Math.max(needed, small ? (int) node.pnode() + 1 : Integer.MAX_VALUE);
        }
        return needed;
    }

    private String name() {
        Optional<String> name = settings.text("name");
        if (name.isEmpty()) {
            settings.refuse("name", "Domain name must be specified.");
        }
        return name.orElse("");
    }

    /** Section 2.1: any prefix of a word counts for it, even the empty one. Empty after a problem. */
    private Optional<GuestType> type() {
        Optional<String> typeWord = settings.text("type");
        Optional<GuestType> type =
                typeWord.flatMap(word -> prefixed("type", word, List.of(GuestType.HVM, GuestType.PV, GuestType.PVH)));
        Optional<String> builderWord = settings.text("builder");
        Optional<GuestType> builder =
                builderWord.flatMap(word -> prefixed("builder", word, List.of(GuestType.HVM, GuestType.PV)));
        if (type.isPresent() && builder.isPresent() && type.get() != builder.get()) {
            settings.refuse(
                    "builder",
                    "Contradicting \"builder\" and \"type\" options specified. Keep `type`; `builder` is deprecated");
        }
        boolean unclear = typeWord.isPresent() && type.isEmpty() || builderWord.isPresent() && builder.isEmpty();
        return unclear ? Optional.empty() : type.or(() -> builder).or(() -> Optional.of(GuestType.PV));
    }

    private Optional<GuestType> prefixed(String key, String word, List<GuestType> candidates) {
        for (GuestType candidate : candidates) {
            String label = key.equals("builder") && candidate == GuestType.PV ? "generic" : candidate.label();
            if (label.startsWith(word)) {
                return Optional.of(candidate);
            }
        }
        String known = key.equals("builder") ? "hvm or generic" : "hvm, pv or pvh";
        settings.refuse(
                key, "Invalid domain type " + Excerpt.of(word) + ". `" + key + "` is " + known + ", in lower case");
        return Optional.empty();
    }

    private CpuAffinity cpus(String key, int maxVcpus) {
        Optional<XlValue> value = settings.any(key);
        if (value.isPresent() && !settings.isSet("vcpus") && !settings.isSet("maxvcpus")) {
            settings.warn(key, "without `vcpus` is undefined in xl 4.17; it counts for the one vCPU there is");
        }
        try {
            return value.isPresent() ? affinity(key, value.get(), maxVcpus) : CpuAffinity.any();
        } catch (CpuSpec.BadSpec bad) {
            settings.refuse(key, bad.what());
            return CpuAffinity.any();
        }
    }

    private CpuAffinity affinity(String key, XlValue value, int maxVcpus) throws CpuSpec.BadSpec {
        int line = settings.line(key);
        if (value instanceof XlValue.Scalar scalar) {
            return CpuAffinity.same(settings.fileName(), line, CpuSpec.parse(scalar.text()));
        }
        List<CpuSpec> specs = new ArrayList<>();
        for (XlValue item : ((XlValue.ListOf) value).items()) {
            if (specs.size() == maxVcpus) {
                break;
            }
            if (item instanceof XlValue.Scalar scalar) {
                specs.add(CpuSpec.parse(scalar.text()));
            } else {
                settings.refuse(
                        key,
                        "Item " + specs.size() + " of `" + key + "` is a list, on which xl 4.17 crashes; write a text");
                break;
            }
        }
        return CpuAffinity.each(settings.fileName(), line, specs);
    }

    /** Unlike xl, which cuts the number to 32 bits, takes it as it stands. */
    private long within(String key, long otherwise, long low, long high) {
        OptionalLong number = settings.number(key);
        if (number.isEmpty() || number.getAsLong() == UNSET) {
            return otherwise;
        }
        settings.requireRange(key, number, low, high, "");
        return number.getAsLong();
    }

    /** Section 2.7; only an HVM guest has a device model. */
    private boolean stubDomain(GuestType type) {
        boolean stub = settings.flag("device_model_stubdomain_override");
        if (stub && type != GuestType.HVM) {
            settings.warn("device_model_stubdomain_override", "means nothing for a " + type.label() + " guest");
        }
        return stub && type == GuestType.HVM;
    }

    private Optional<String> deviceModelVersion() {
        Optional<String> version = settings.text("device_model_version");
        if (version.isPresent()
                && !version.get().equals("qemu-xen")
                && !version.get().equals("qemu-xen-traditional")) {
            settings.refuse(
                    "device_model_version",
                    "Unknown device_model_version \"" + Excerpt.of(version.get())
                            + "\" specified. It is qemu-xen or qemu-xen-traditional");
        }
        return version;
    }

    private OnCrash onCrash() {
        Optional<String> word = settings.text("on_crash");
        Optional<OnCrash> action = word.flatMap(OnCrash::of);
        if (word.isPresent() && action.isEmpty()) {
            settings.refuse(
                    "on_crash",
                    "Unknown on_crash action \"" + Excerpt.of(word.get()) + "\" specified. Known are "
                            + OnCrash.known());
        }
        return action.orElse(OnCrash.DESTROY);
    }
}
