package org.xenfleet.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.xenfleet.xen.Access;
import org.xenfleet.xen.ReleaseRange;
import org.xenfleet.xen.XenVersion;
import org.xenfleet.xen.operation.Amount;
import org.xenfleet.xen.operation.Check;
import org.xenfleet.xen.operation.Operation;
import org.xenfleet.xen.operation.Operation.Iterates;
import org.xenfleet.xen.operation.Operation.On;
import org.xenfleet.xen.operation.OperationCatalogue;
import org.xenfleet.xen.operation.Stage;

/**
 * The workloads of kind {@code hypercalls}: their keys, some of which belong to some operations only, and how they are read
 * and held against the host that they run on. What an operation takes is what the catalogue says that it iterates over.
 */
final class HypercallKeys {
    private static final OperationCatalogue SHIPPED = OperationCatalogue.shipped();
    /** The codes and the releases of an operation are the same whatever the width. */
    private static final int BITS = 64;

    private static final List<String> RANGE_KEYS = List.of("access", "first-pfn", "pages");
    private static final List<String> PLAIN_RANGE_KEYS = List.of("first-pfn", "pages");
    private static final List<String> ENTRY_KEYS = List.of("first-pfn");
    private static final List<String> LIST_KEYS = List.of("count");
    private static final List<String> CALLS_KEYS = List.of("calls", "count");
    private static final List<String> OWNED =
            List.of("access", "first-pfn", "pages", "count", "order", "calls", "cpu", "cpus", "timeout");
    private static final int MOST_CPUS = 4096;
    private static final String BUSY = "cpu";

    private HypercallKeys() {}

    static Key[] of(Key kind) {
        String range = names(with("pages"));
        String list = names(with("count"));
        return new Key[] {
            kind,
            Key.required(
                            "operation",
                            KeyType.WORDS,
                            "The call that one vCPU issues, or several that it issues in turn, one right after the other."
                                    + limited())
                    .oneOf(issued(SHIPPED)),
            Key.of("vcpu", KeyType.INTEGER, "0", "Which vCPU of the domain issues them.")
                    .range(0, 4095),
            Key.of(
                            "siblings",
                            KeyType.WORD,
                            "idle",
                            "What the other vCPUs of a guest do: nothing, or `cpu`, compute all the time. Those of dom0 do what"
                                    + " its other workloads say.")
                    .oneOf(List.of("idle", BUSY)),
            Key.optional(
                    "target",
                    KeyType.WORDS,
                    "Domains to work on, by name, one or a list: a guest, a stub domain `NAME-dm`, or `Domain-0`. One call of"
                            + " every operation on the first, then on the next. A device model works on its guest where it is"
                            + " left out; " + anywhere() + " then work on their caller."),
            Key.optional(
                            "cpu",
                            KeyType.INTEGER,
                            "Of " + withStage(Stage.Kind.OFFLINE) + ", which needs it: a pCPU, not 0.")
                    .range(1, 4095),
            Key.optional(
                    "cpus",
                    KeyType.TEXT,
                    "Of " + withStage(Stage.Kind.SET_AFFINITY)
                            + ", which needs it: pCPUs as in an xl file, for example `\"4-7,^6\"`."),
            Key.of("timeout", KeyType.DURATION, "30s", "Of " + withStage(Stage.Kind.ARM_WATCHDOG) + ": the timer's.")
                    .from(1),
            Key.of(
                    "reaction",
                    KeyType.BOOLEAN,
                    "false",
                    "Whether this is somebody's reaction to an outage: every host is then simulated once more without it, and"
                            + " the summary says by how much it made things worse."),
            Key.optional(
                            "access",
                            KeyType.WORD,
                            "Of " + names(with("access"))
                                    + ", which need it: the access to set. 4.1 has no n2rwx; 4.2 to 4.4 have"
                                    + " default, but answer it with EINVAL.")
                    .oneOf(Arrays.stream(Access.values()).map(Access::label).toList()),
            Key.of(
                            "first-pfn",
                            KeyType.INTEGER,
                            "0",
                            "Of " + names(with("first-pfn"))
                                    + ": first page, or the only one, decimal or `\"0x...\"`; `all-ones` is 2^64 - 1, which"
                                    + " stands for the default access of the guest.")
                    .orWord("all-ones"),
            Key.of(
                            "pages",
                            KeyType.INTEGER,
                            "all",
                            "Of " + range + ": number of pages; `all` is the guest's highest gfn at the start + 1 -"
                                    + " `first-pfn`.")
                    .range(0, 4_294_967_295L)
                    .orWord("all"),
            Key.optional(
                            "count",
                            KeyType.INTEGER,
                            "Of " + list + ", which need it: how many entries, extents or pages one call has.")
                    .range(1, Integer.MAX_VALUE),
            Key.optional(
                            "order",
                            KeyType.INTEGER,
                            "Of " + names(with("order"))
                                    + ", which need it: the order of an extent, 2^order pages, or the"
                                    + " levels of a tree of tables.")
                    .range(0, 1 << 20),
            Key.optional(
                            "calls",
                            KeyType.WORD,
                            "Of " + names(with("calls")) + ", which needs it: the call that all its entries are.")
                    .oneOf(SHIPPED.all().stream()
                            .filter(o -> o.iterates() == Iterates.ONCE && o.on() == On.SELF && !o.isStaged())
                            .map(Operation::name)
                            .toList()),
            Key.of(
                            "start",
                            KeyType.DURATION,
                            "0s",
                            "Instant of the first call; `random` draws it for each vCPU, evenly over the whole run.")
                    .orWord("random"),
            Key.of("repeat", KeyType.INTEGER, "forever", "How often; of several operations, how many rounds.")
                    .from(1)
                    .orWord("forever"),
            Key.of(
                    "pause",
                    KeyType.DURATION,
                    "0s",
                    "From a call's return to the next call; of several operations, from the last one's return to the"
                            + " next round. The vCPU sleeps meanwhile.")
        };
    }

    static WorkloadSpec read(String name, Section section, long durationNs, OperationCatalogue catalogue) {
        List<Operation> operations = section.words("operation", issued(catalogue)).stream()
                .map(o -> catalogue.find(o).orElseThrow())
                .toList();
        Set<String> belonging = new TreeSet<>();
        operations.forEach(o -> belonging.addAll(keysOf(o)));
        if (section.sound("operation")) {
            refuseOthers(section, operations, belonging, catalogue);
        }
        Optional<Access> access =
                needed(section, "access", belonging) ? Access.ofLabel(section.text("access")) : Optional.empty();
        boolean range = belonging.contains("pages");
        long first = belonging.contains("first-pfn")
                ? section.orWord("first-pfn").orElse(WorkloadSpec.Hypercalls.ALL_ONES)
                : 0;
        OptionalLong pages = range ? section.orWord("pages") : OptionalLong.empty();
        OptionalLong count = needed(section, "count", belonging) ? section.orWord("count") : OptionalLong.empty();
        OptionalLong order = needed(section, "order", belonging) ? section.orWord("order") : OptionalLong.empty();
        Optional<String> calls = needed(section, "calls", belonging) ? section.optionalText("calls") : Optional.empty();
        operations.forEach(o -> checkCount(section, o, count));
        WorkloadSpec.Aim aim = aim(section, operations, belonging);
        int vcpu = section.integer("vcpu");
        boolean reaction = section.flag("reaction");
        OptionalLong given = section.orWord("start");
        long start = given.orElse(0);
        OptionalLong repeat = section.orWord("repeat");
        if (start >= durationNs && durationNs > 0) {
            section.notice(
                    "start",
                    "= " + Quantity.text(KeyType.DURATION, start) + " is not before the end of the run at "
                            + Quantity.text(KeyType.DURATION, durationNs) + "; no call is ever issued");
        }
        return new WorkloadSpec.Hypercalls(
                name,
                operations.stream().map(Operation::name).toList(),
                access,
                first,
                pages,
                count,
                order,
                calls,
                start,
                given.isPresent() ? 0 : durationNs,
                repeat,
                section.number("pause"),
                aim,
                vcpu,
                reaction,
                section.text("siblings").equals(BUSY));
    }

    private static WorkloadSpec.Aim aim(Section section, List<Operation> operations, Set<String> belonging) {
        List<String> targets = section.has("target") ? section.words("target") : List.of();
        if (!targets.isEmpty()
                && section.sound("operation")
                && operations.stream().noneMatch(Operation::onAnother)) {
            section.problem("target", "means nothing to " + names(operations) + ", which works on no other domain");
        }
        OptionalInt cpu =
                needed(section, "cpu", belonging) ? OptionalInt.of(section.integer("cpu")) : OptionalInt.empty();
        Optional<BitSet> cpus = Optional.empty();
        if (needed(section, "cpus", belonging)) {
            CpuList.Result result = CpuList.parse(section.text("cpus"), MOST_CPUS);
            if (!result.problem().isEmpty()) {
                section.problem("cpus", "= " + section.text("cpus") + " " + result.problem());
            } else {
                cpus = Optional.of(result.cpus());
            }
        }
        long timeout = belonging.contains("timeout") ? section.number("timeout") : WorkloadSpec.Aim.DEFAULT_TIMEOUT;
        return new WorkloadSpec.Aim(targets, cpu, cpus, timeout);
    }

    private static List<String> keysOf(Operation operation) {
        List<String> keys = new ArrayList<>(
                switch (operation.iterates()) {
                    case P2M_RANGE -> operation.access().names().isEmpty() ? PLAIN_RANGE_KEYS : RANGE_KEYS;
                    case P2M_ENTRY -> ENTRY_KEYS;
                    case LIST -> LIST_KEYS;
                    case CALLS -> CALLS_KEYS;
                    case ONCE, TARGET_PAGES, POOL_PAGES, DOMAINS, AMOUNT -> List.of();
                });
        addIf(operation, Amount.COUNT, "count", keys);
        addIf(operation, Amount.ORDER, "order", keys);
        addIf(operation, Stage.Kind.OFFLINE, "cpu", keys);
        addIf(operation, Stage.Kind.SET_AFFINITY, "cpus", keys);
        addIf(operation, Stage.Kind.ARM_WATCHDOG, "timeout", keys);
        return keys;
    }

    private static void addIf(Operation operation, String amount, String key, List<String> keys) {
        boolean range = operation.iterates() == Iterates.P2M_RANGE;
        if (operation.amounts().contains(amount) && !keys.contains(key) && !range) {
            keys.add(key);
        }
    }

    private static void addIf(Operation operation, Stage.Kind stage, String key, List<String> keys) {
        if (operation.has(stage)) {
            keys.add(key);
        }
    }

    private static void refuseOthers(
            Section section, List<Operation> operations, Set<String> belonging, OperationCatalogue catalogue) {
        for (String key : OWNED) {
            if (section.has(key) && !belonging.contains(key)) {
                String owners = String.join(
                        ", ",
                        catalogue.all().stream()
                                .filter(o -> keysOf(o).contains(key))
                                .map(Operation::name)
                                .toList());
                section.problem(key, "means nothing to " + names(operations) + "; it is a key of " + owners);
            }
        }
    }

    /** Whether a key belongs; a problem when it then is not given. */
    private static boolean needed(Section section, String key, Set<String> belonging) {
        boolean belongs = belonging.contains(key);
        if (belongs && !section.has(key)) {
            section.missing(section.key(key));
        }
        return belongs && section.has(key);
    }

    private static void checkCount(Section section, Operation operation, OptionalLong count) {
        boolean counted = keysOf(operation).contains("count");
        if (counted && count.isPresent() && section.sound("count") && count.getAsLong() > operation.most()) {
            section.problem(
                    "count",
                    "= " + count.getAsLong() + " is more than one call of " + operation.name() + " can have; it must be"
                            + " at most " + operation.most());
        }
    }

    /** Reports what a workload does that the host's Xen does not know; {@code key} names the workload. */
    static void checkRelease(
            Section section, String key, WorkloadSpec workload, XenVersion version, OperationCatalogue operations) {
        if (!(workload instanceof WorkloadSpec.Hypercalls calls)) {
            return;
        }
        OperationCatalogue catalogue = operations.in(version, BITS, fix -> false);
        for (String name : calls.operations()) {
            Operation operation = catalogue.find(name).orElseThrow();
            if (!operation.releases().contains(version)) {
                section.cannotRun(
                        key,
                        "= " + workload.name() + " makes " + name + ", which Xen " + version.release()
                                + " does not have; releases have it "
                                + operation.releases().text());
            } else if (keysOf(operation).contains("access")) {
                checkAccess(section, key, workload, operation, calls.access(), version);
            }
        }
    }

    private static void checkAccess(
            Section section,
            String key,
            WorkloadSpec workload,
            Operation operation,
            Optional<Access> access,
            XenVersion version) {
        if (access.isPresent() && operation.access().codeOf(access.get()).isEmpty()) {
            section.cannotRun(
                    key,
                    "= " + workload.name() + " sets the access " + access.get().label() + ", which Xen "
                            + version.release() + " does not have; it must be one of "
                            + operation.access().names().stream()
                                    .map(Access::label)
                                    .collect(Collectors.joining(", ")));
        }
    }

    /** Whether any call of a release fails where nobody listens. */
    static boolean anyAsksForListener(XenVersion version, OperationCatalogue operations) {
        return operations.all().stream()
                .filter(o -> o.releases().contains(version))
                .anyMatch(o -> o.checks().contains(Check.LISTENER));
    }

    /** Which operations only some releases have. */
    private static String limited() {
        return SHIPPED.all().stream()
                .filter(o -> !o.releases().equals(ReleaseRange.ALL))
                .map(o -> " Releases have " + o.name() + " " + o.releases().text() + ".")
                .collect(Collectors.joining());
    }

    private static List<String> issued(OperationCatalogue catalogue) {
        return catalogue.all().stream()
                .filter(o -> !o.isInternal())
                .map(Operation::name)
                .toList();
    }

    private static String names(List<Operation> operations) {
        return operations.stream().map(Operation::name).collect(Collectors.joining(", "));
    }

    private static String withStage(Stage.Kind stage) {
        return names(SHIPPED.all().stream().filter(o -> o.has(stage)).toList());
    }

    /** Operations that work on their caller unless a target is named. */
    private static String anywhere() {
        return names(SHIPPED.all().stream().filter(o -> o.on() == On.ANY).toList());
    }

    private static List<Operation> with(String key) {
        return SHIPPED.all().stream()
                .filter(o -> !o.isInternal() && keysOf(o).contains(key))
                .toList();
    }
}
