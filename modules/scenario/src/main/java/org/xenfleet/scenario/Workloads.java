package org.xenfleet.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.xenfleet.xen.operation.OperationCatalogue;

/** The block {@code workloads}: reads them, resolves references to them and knows which were never used. One thread. */
final class Workloads {
    private static final String IDLE = "idle";
    /** Serves every guest. */
    static final String ALL = "all";

    private static final List<String> LATER = List.of("trace");

    private final Map<String, WorkloadSpec> byName = new TreeMap<>();
    private final Map<String, Section> sections = new TreeMap<>();
    private final Set<String> used = new TreeSet<>();
    private final long durationNs;
    private final OperationCatalogue operations;

    private Workloads(long durationNs, OperationCatalogue operations) {
        this.durationNs = durationNs;
        this.operations = operations;
    }

    static Workloads read(SortedMap<String, Section> blocks, long durationNs, OperationCatalogue operations) {
        Workloads workloads = new Workloads(durationNs, operations);
        blocks.forEach((name, block) -> {
            workloads.byName.put(name, workloads.read(name, block));
            workloads.sections.put(name, block);
        });
        workloads.byName.putIfAbsent(IDLE, new WorkloadSpec.Idle(IDLE));
        return workloads;
    }

    /** What calls can be made. */
    OperationCatalogue operations() {
        return operations;
    }

    /** The workload that a key names; a problem there when there is none. */
    Optional<WorkloadSpec> named(Section section, String key) {
        Optional<String> name = section.optionalText(key);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        WorkloadSpec workload = byName.get(name.get());
        if (workload == null) {
            section.problem(
                    key,
                    "= " + name.get() + " is not a workload; known are " + String.join(", ", byName.keySet())
                            + Suggest.word(name.get(), byName.keySet()));
            return Optional.empty();
        }
        used.add(name.get());
        return Optional.of(workload);
    }

    /** The workloads that a key names, one or a list; {@code idle} when there is none. */
    List<WorkloadSpec> several(Section section, String key) {
        List<WorkloadSpec> found = new ArrayList<>();
        for (String name : section.words(key)) {
            WorkloadSpec workload = byName.get(name);
            if (workload == null) {
                section.problem(
                        key,
                        "= " + name + " is not a workload; known are " + String.join(", ", byName.keySet())
                                + Suggest.word(name, byName.keySet()));
            } else {
                used.add(name);
                found.add(workload);
            }
        }
        return found.isEmpty() ? List.of(new WorkloadSpec.Idle(IDLE)) : found;
    }

    /** As {@link #named}, {@code idle} when there is none. */
    WorkloadSpec namedOrIdle(Section section, String key) {
        return named(section, key).orElse(new WorkloadSpec.Idle(IDLE));
    }

    /** To be called after everything was read. */
    void tellUnused() {
        sections.forEach((name, section) -> {
            if (!used.contains(name)) {
                section.findings()
                        .notice(section.place().where(), "workload '" + name + "' is used by nobody; it never runs");
            }
        });
    }

    /** A working set that is larger than the memory of the guest that has it is a problem. */
    static void checkMemory(Section domain, WorkloadSpec workload, long memoryBytes) {
        Optional<WorkingSet> set = Optional.empty();
        if (workload instanceof WorkloadSpec.Cpu w) {
            set = w.workingSet();
        } else if (workload instanceof WorkloadSpec.Periodic w) {
            set = w.workingSet();
        } else if (workload instanceof WorkloadSpec.Poisson w) {
            set = w.workingSet();
        }
        if (set.isPresent() && set.get().bytes() > memoryBytes) {
            domain.problem(
                    "workload",
                    "= " + workload.name() + " has a working-set of "
                            + Quantity.text(KeyType.SIZE, set.get().bytes()) + ", more than the guest's memory of "
                            + Quantity.text(KeyType.SIZE, memoryBytes));
        }
    }

    private WorkloadSpec read(String name, Section block) {
        WorkloadSpec dummy = new WorkloadSpec.Idle(name);
        Optional<String> kind = kind(block);
        if (kind.isEmpty()) {
            return dummy;
        }
        Section section = block.as(KeyTable.WORKLOAD + ":" + kind.get());
        section.optionalText("kind");
        if (name.equals(IDLE) && !kind.get().equals(IDLE)) {
            section.problem(
                    "kind",
                    "= " + kind.get() + " would change the workload idle, which everything has by"
                            + " default; give this workload another name");
            return dummy;
        }
        return switch (kind.get()) {
            case "cpu" -> new WorkloadSpec.Cpu(name, workingSet(section));
            case "yield" -> new WorkloadSpec.Yield(name, section.number("burst"));
            case "periodic" -> periodic(name, section);
            case "poisson" ->
                new WorkloadSpec.Poisson(name, section.number("burst"), section.number("period"), workingSet(section));
            case "emulated-io" -> new WorkloadSpec.EmulatedIo(name, section.number("burst"), section.number("service"));
            case "backend" ->
                new WorkloadSpec.Backend(
                        name,
                        section.words("guests").stream()
                                .filter(g -> !g.equals(ALL))
                                .toList(),
                        section.number("burst"),
                        section.number("period"),
                        section.number("copies"));
            case "hypercalls" -> HypercallKeys.read(name, section, durationNs, operations);
            default -> dummy;
        };
    }

    private static Optional<String> kind(Section block) {
        if (LATER.contains(block.rawText("kind"))) {
            block.problem(
                    "kind",
                    "= " + block.rawText("kind") + " is not simulated yet; possible are "
                            + String.join(", ", KeyTable.KINDS));
            return Optional.empty();
        }
        return block.optionalText("kind");
    }

    private static WorkloadSpec periodic(String name, Section section) {
        long burst = section.number("burst");
        long period = section.number("period");
        OptionalLong phase = section.orWord("phase");
        if (section.sound("period", "phase") && phase.isPresent() && phase.getAsLong() >= period) {
            section.problem(
                    "phase",
                    "= " + Quantity.text(KeyType.DURATION, phase.getAsLong()) + " must be less than the period, "
                            + Quantity.text(KeyType.DURATION, period));
        }
        if (burst > period && section.sound("period", "burst")) {
            section.notice("burst", "is longer than period: the vCPU is busy past points of its grid and skips them");
        }
        WorkloadSpec.VcpuTimer timer =
                section.text("timer").equals("poll") ? WorkloadSpec.VcpuTimer.POLL : WorkloadSpec.VcpuTimer.ONE_SHOT;
        return new WorkloadSpec.Periodic(name, burst, period, phase, timer, workingSet(section));
    }

    private static Optional<WorkingSet> workingSet(Section section) {
        OptionalLong size = section.orWord("working-set");
        if (size.isEmpty()) {
            if (section.has("touch-interval")) {
                section.number("touch-interval");
                section.notice("touch-interval", "has no effect without working-set");
            }
            return Optional.empty();
        }
        return Optional.of(new WorkingSet(size.getAsLong(), section.number("touch-interval")));
    }
}
