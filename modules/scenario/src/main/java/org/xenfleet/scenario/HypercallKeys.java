package org.xenfleet.scenario;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.xenfleet.xen.Access;
import org.xenfleet.xen.ReleaseRange;
import org.xenfleet.xen.XenVersion;
import org.xenfleet.xen.operation.Check;
import org.xenfleet.xen.operation.Operation;
import org.xenfleet.xen.operation.Operation.Iterates;
import org.xenfleet.xen.operation.OperationCatalogue;

/**
 * The workloads of kind {@code hypercalls}: their keys, some of which belong to some operations only, and how they are read
 * and held against the host that they run on. What an operation takes is what the catalogue says that it iterates over.
 */
final class HypercallKeys {
    private static final OperationCatalogue CATALOGUE = OperationCatalogue.shipped();
    /** The codes and the releases of an operation are the same whatever the width. */
    private static final int BITS = 64;

    private static final List<String> RANGE_KEYS = List.of("access", "first-pfn", "pages");
    private static final List<String> ENTRY_KEYS = List.of("first-pfn");
    private static final List<String> LIST_KEYS = List.of("count");
    private static final List<String> CALLS_KEYS = List.of("calls", "count");

    private HypercallKeys() {}

    static Key[] of(Key kind) {
        String range = names(Iterates.P2M_RANGE);
        String list = names(Iterates.LIST, Iterates.CALLS);
        return new Key[] {
            kind,
            Key.required(
                            "operation",
                            KeyType.WORDS,
                            "The call that vCPU 0 issues, or several that it issues in turn, one right after the other."
                                    + limited())
                    .oneOf(CATALOGUE.names()),
            Key.optional(
                            "access",
                            KeyType.WORD,
                            "Of " + range + ", which need it: the access to set. 4.1 has no n2rwx; 4.2 to 4.4 have"
                                    + " default, but answer it with EINVAL.")
                    .oneOf(Arrays.stream(Access.values()).map(Access::label).toList()),
            Key.of(
                    "first-pfn",
                    KeyType.INTEGER,
                    "0",
                    "Of " + names(Iterates.P2M_RANGE, Iterates.P2M_ENTRY)
                            + ": first page, or the only one, decimal or `\"0x...\"`."),
            Key.of(
                            "pages",
                            KeyType.INTEGER,
                            "all",
                            "Of " + range + ": number of pages; `all` is max-gfn + 1 - `first-pfn` at the time of the"
                                    + " call.")
                    .range(1, 4_294_967_295L)
                    .orWord("all"),
            Key.optional(
                            "count",
                            KeyType.INTEGER,
                            "Of " + list + ", which need it: how many entries, or extents of one page, one call has.")
                    .range(1, Integer.MAX_VALUE),
            Key.optional(
                            "calls",
                            KeyType.WORD,
                            "Of " + names(Iterates.CALLS) + ", which needs it: the call that all its entries are.")
                    .oneOf(CATALOGUE.all().stream()
                            .filter(o -> o.iterates() == Iterates.ONCE && o.onSelf())
                            .map(Operation::name)
                            .toList()),
            Key.of("start", KeyType.DURATION, "0s", "Instant of the first call."),
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

    static WorkloadSpec read(String name, Section section, long durationNs) {
        List<Operation> operations = section.words("operation").stream()
                .map(o -> CATALOGUE.find(o).orElseThrow())
                .toList();
        Set<String> belonging = new TreeSet<>();
        operations.forEach(o -> belonging.addAll(keysOf(o)));
        if (section.sound("operation")) {
            refuseOthers(section, operations, belonging);
        }
        Optional<Access> access =
                needed(section, "access", belonging) ? Access.ofLabel(section.text("access")) : Optional.empty();
        boolean range = belonging.contains("pages");
        long first = belonging.contains("first-pfn") ? section.number("first-pfn") : 0;
        OptionalLong pages = range ? section.orWord("pages") : OptionalLong.empty();
        OptionalLong count = needed(section, "count", belonging) ? section.orWord("count") : OptionalLong.empty();
        Optional<String> calls = needed(section, "calls", belonging) ? section.optionalText("calls") : Optional.empty();
        operations.forEach(o -> checkCount(section, o, count));
        long start = section.number("start");
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
                calls,
                start,
                repeat,
                section.number("pause"));
    }

    private static List<String> keysOf(Operation operation) {
        return switch (operation.iterates()) {
            case P2M_RANGE -> RANGE_KEYS;
            case P2M_ENTRY -> ENTRY_KEYS;
            case LIST -> LIST_KEYS;
            case CALLS -> CALLS_KEYS;
            case ONCE -> List.of();
        };
    }

    private static void refuseOthers(Section section, List<Operation> operations, Set<String> belonging) {
        for (String key : List.of("access", "first-pfn", "pages", "count", "calls")) {
            if (section.has(key) && !belonging.contains(key)) {
                String owners = String.join(
                        ", ",
                        CATALOGUE.all().stream()
                                .filter(o -> keysOf(o).contains(key))
                                .map(Operation::name)
                                .toList());
                section.problem(
                        key,
                        "means nothing to "
                                + String.join(
                                        ", ",
                                        operations.stream().map(Operation::name).toList()) + "; it is a key of "
                                + owners);
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
    static void checkRelease(Section section, String key, WorkloadSpec workload, XenVersion version) {
        if (!(workload instanceof WorkloadSpec.Hypercalls calls)) {
            return;
        }
        OperationCatalogue catalogue = OperationCatalogue.of(version, BITS);
        for (String name : calls.operations()) {
            Operation operation = catalogue.find(name).orElseThrow();
            if (!operation.releases().contains(version)) {
                section.problem(
                        key,
                        "= " + workload.name() + " makes " + name + ", which Xen " + version.release()
                                + " does not have; releases have it "
                                + operation.releases().text());
            } else if (operation.iterates() == Iterates.P2M_RANGE) {
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
            section.problem(
                    key,
                    "= " + workload.name() + " sets the access " + access.get().label() + ", which Xen "
                            + version.release() + " does not have; it must be one of "
                            + operation.access().names().stream()
                                    .map(Access::label)
                                    .collect(Collectors.joining(", ")));
        }
    }

    /** Whether any call of a release fails where nobody listens. */
    static boolean anyAsksForListener(XenVersion version) {
        return CATALOGUE.all().stream()
                .filter(o -> o.releases().contains(version))
                .anyMatch(o -> o.checks().contains(Check.LISTENER));
    }

    /** Whether any of a workload's calls works on another domain than its caller. */
    static boolean worksOnAnother(WorkloadSpec workload) {
        return workload instanceof WorkloadSpec.Hypercalls calls && CATALOGUE.anyOnAnother(calls.operations());
    }

    /** Which operations only some releases have. */
    private static String limited() {
        return CATALOGUE.all().stream()
                .filter(o -> !o.releases().equals(ReleaseRange.ALL))
                .map(o -> " Releases have " + o.name() + " " + o.releases().text() + ".")
                .collect(Collectors.joining());
    }

    private static String names(Iterates... shapes) {
        return String.join(", ", withShape(shapes));
    }

    private static List<String> withShape(Iterates... shapes) {
        return CATALOGUE.all().stream()
                .filter(o -> List.of(shapes).contains(o.iterates()))
                .map(Operation::name)
                .toList();
    }
}
