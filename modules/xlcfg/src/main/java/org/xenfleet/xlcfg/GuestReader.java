package org.xenfleet.xlcfg;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The work of {@link GuestConfig#read}: collects the problems instead of stopping at the first. For one file. */
final class GuestReader {
    static final long MAX_MEMORY_MIB = 1L << 40;
    static final int MAX_VCPUS = 4096;

    private static final long DEFAULT_MEMORY_MIB = 32;
    private static final int DEFAULT_WEIGHT = 256;
    private static final int MAX_WEIGHT = 65535;
    /** What libxl takes for "not given" where a weight or a cap is due. */
    private static final long UNSET = -1;

    private final XlFile file;
    private final SettingReader settings;
    private final List<XlNotice> problems = new ArrayList<>();

    private record Range(long low, long high) {}

    GuestReader(XlFile file) {
        this.file = file;
        this.settings = new SettingReader(file);
    }

    GuestConfig read() throws XlConfigException {
        String name = name();
        GuestType type = type();
        requireKernel(type);
        Range memory = memory();
        Range vcpus = vcpus();
        CpuAffinity cpus = cpus("cpus", (int) vcpus.high());
        CpuAffinity cpusSoft = cpus("cpus_soft", (int) vcpus.high());
        int weight = (int) within("cpu_weight", DEFAULT_WEIGHT, new Range(1, MAX_WEIGHT));
        int cap = (int) within("cap", 0, new Range(0, 100 * vcpus.high()));
        Optional<String> pool = settings.text("pool");
        boolean stub = stubDomain(type);
        Optional<String> version = deviceModelVersion();
        OnCrash onCrash = onCrash();
        if (!problems.isEmpty()) {
            problems.sort(Comparator.comparingInt(XlNotice::line));
            throw new XlConfigException(file.fileName(), problems);
        }
        return new GuestConfig(
                file.fileName(),
                name,
                type,
                memory.low(),
                memory.high(),
                (int) vcpus.low(),
                (int) vcpus.high(),
                cpus,
                cpusSoft,
                weight,
                cap,
                pool,
                stub,
                version,
                onCrash,
                settings.warnings(),
                settings.notModelled(),
                settings.lines());
    }

    private String name() {
        Optional<String> name = settings.text("name");
        if (name.isEmpty()) {
            problem("name", "Domain name must be specified.");
        }
        return name.orElse("");
    }

    /** Section 2.1: any prefix of a word counts for it, even the empty one. */
    private GuestType type() {
        Optional<String> typeWord = settings.text("type");
        Optional<GuestType> type =
                typeWord.flatMap(word -> prefixed("type", word, List.of(GuestType.HVM, GuestType.PV, GuestType.PVH)));
        Optional<GuestType> builder = settings.text("builder")
                .flatMap(word -> prefixed("builder", word, List.of(GuestType.HVM, GuestType.PV)));
        if (type.isPresent() && builder.isPresent() && type.get() != builder.get()) {
            problem(
                    "builder",
                    "Contradicting \"builder\" and \"type\" options specified. Keep `type`; `builder` is deprecated");
        }
        return type.or(() -> builder).orElse(GuestType.PV);
    }

    private Optional<GuestType> prefixed(String key, String word, List<GuestType> candidates) {
        for (GuestType candidate : candidates) {
            String label = key.equals("builder") && candidate == GuestType.PV ? "generic" : candidate.label();
            if (label.startsWith(word)) {
                return Optional.of(candidate);
            }
        }
        String known = key.equals("builder") ? "hvm or generic" : "hvm, pv or pvh";
        problem(key, "Invalid domain type " + Excerpt.of(word) + ". `" + key + "` is " + known + ", in lower case");
        return Optional.empty();
    }

    private void requireKernel(GuestType type) {
        if (type == GuestType.HVM) {
            return;
        }
        boolean kernel = settings.text("kernel").isPresent();
        boolean bootloader = settings.text("bootloader").isPresent();
        Optional<String> firmware = settings.text("firmware");
        if (firmware.isPresent() && kernel) {
            problem("firmware", "A " + type.label() + " guest has `kernel` or `firmware`, not both");
        } else if (firmware.isPresent()
                && !firmware.get().equals("pvgrub32")
                && !firmware.get().equals("pvgrub64")) {
            problem(
                    "firmware",
                    "Invalid firmware \"" + Excerpt.of(firmware.get()) + "\": for a " + type.label()
                            + " guest it is pvgrub32 or pvgrub64");
        } else if (firmware.isEmpty() && !kernel && !bootloader) {
            problems.add(new XlNotice(
                    0, "Neither kernel nor bootloader specified, and a " + type.label() + " guest needs one"));
        }
    }

    /** Section 2.2: one of the two stands for both. */
    private Range memory() {
        OptionalLong memory = settings.number("memory");
        OptionalLong maxmem = settings.number("maxmem");
        boolean usable = inRange("memory", memory, new Range(1, MAX_MEMORY_MIB), " MiB");
        usable &= inRange("maxmem", maxmem, new Range(1, MAX_MEMORY_MIB), " MiB");
        long low = memory.orElse(maxmem.orElse(DEFAULT_MEMORY_MIB));
        long high = maxmem.orElse(low);
        if (usable && high < low) {
            problem("maxmem", "`maxmem` = " + high + " MiB is below `memory` = " + low + " MiB; xl would take it");
        }
        return new Range(low, high);
    }

    /** Section 2.3; a ceiling of 0 without {@code vcpus} is one vCPU, as libxl 4.17 has it. */
    private Range vcpus() {
        OptionalLong vcpus = settings.number("vcpus");
        OptionalLong maxvcpus = settings.number("maxvcpus");
        boolean usable = inRange("vcpus", vcpus, new Range(1, MAX_VCPUS), "");
        usable &= inRange("maxvcpus", maxvcpus, new Range(0, MAX_VCPUS), "");
        if (!usable) {
            return new Range(1, MAX_VCPUS);
        }
        long low = vcpus.orElse(1);
        if (vcpus.isPresent() && maxvcpus.isPresent() && maxvcpus.getAsLong() < low) {
            problem("maxvcpus", "xl: maxvcpus < vcpus, that is " + maxvcpus.getAsLong() + " < " + low);
        }
        return new Range(low, Math.max(low, maxvcpus.orElse(low)));
    }

    private CpuAffinity cpus(String key, int maxVcpus) {
        Optional<XlValue> value = settings.any(key);
        if (value.isPresent() && settings.line("vcpus") == 0 && settings.line("maxvcpus") == 0) {
            settings.warn(key, "without `vcpus` is undefined in xl 4.17; it counts for the one vCPU there is");
        }
        try {
            return value.isPresent() ? affinity(key, value.get(), maxVcpus) : CpuAffinity.any();
        } catch (CpuSpec.BadSpec bad) {
            problem(key, bad.what());
            return CpuAffinity.any();
        }
    }

    private CpuAffinity affinity(String key, XlValue value, int maxVcpus) throws CpuSpec.BadSpec {
        int line = settings.line(key);
        if (value instanceof XlValue.Scalar scalar) {
            return CpuAffinity.same(file.fileName(), line, CpuSpec.parse(scalar.text()));
        }
        List<CpuSpec> specs = new ArrayList<>();
        for (XlValue item : ((XlValue.ListOf) value).items()) {
            if (specs.size() == maxVcpus) {
                break;
            }
            if (item instanceof XlValue.Scalar scalar) {
                specs.add(CpuSpec.parse(scalar.text()));
            } else {
                problem(
                        key,
                        "Item " + specs.size() + " of `" + key + "` is a list, on which xl 4.17 crashes; write a text");
                break;
            }
        }
        return CpuAffinity.each(file.fileName(), line, specs);
    }

    /** Unlike xl, which cuts the number to 32 bits, takes it as it stands. */
    private long within(String key, long otherwise, Range range) {
        OptionalLong number = settings.number(key);
        if (number.isEmpty() || number.getAsLong() == UNSET) {
            return otherwise;
        }
        inRange(key, number, range, "");
        return number.getAsLong();
    }

    private boolean inRange(String key, OptionalLong number, Range range, String unit) {
        if (number.isEmpty() || (number.getAsLong() >= range.low() && number.getAsLong() <= range.high())) {
            return true;
        }
        problem(
                key,
                "`" + key + "` = " + number.getAsLong() + unit + " is out of range: " + range.low() + " to "
                        + range.high());
        return false;
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
            problem(
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
            problem(
                    "on_crash",
                    "Unknown on_crash action \"" + Excerpt.of(word.get()) + "\" specified. Known are "
                            + OnCrash.known());
        }
        return action.orElse(OnCrash.DESTROY);
    }

    private void problem(String key, String message) {
        problems.add(new XlNotice(settings.line(key), message));
    }
}
