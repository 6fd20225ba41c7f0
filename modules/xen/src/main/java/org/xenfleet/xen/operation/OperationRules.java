package org.xenfleet.xen.operation;

import java.util.List;
import java.util.Optional;
import org.xenfleet.xen.operation.Operation.Effect;
import org.xenfleet.xen.operation.Operation.Iterates;
import org.xenfleet.xen.operation.Operation.On;
import org.xenfleet.xen.operation.Operation.Returns;
import org.xenfleet.xen.operation.Operation.Variant;

/** What in an operation does not go together, so that no file asks for what the simulator would not do. */
final class OperationRules {
    private static final List<String> NO_HYPERCALLS = List.of("vm-exit", "fault", "vcpu-resume");
    private static final List<Stage.Kind> WITH_ARGUMENTS =
            List.of(Stage.Kind.OFFLINE, Stage.Kind.ARM_WATCHDOG, Stage.Kind.SET_AFFINITY);

    private static final List<Iterates> WITH_COUNT =
            List.of(Iterates.AMOUNT, Iterates.LIST, Iterates.CALLS, Iterates.P2M_RANGE);

    private OperationRules() {}

    /** The first, as a sentence; empty where all is well. */
    static Optional<String> problem(Operation o) {
        if (!goesWith(o.effect()).contains(o.iterates())) {
            return Optional.of("effect = " + label(o.effect()) + " does not go with iterates = " + label(o.iterates())
                    + "; the pages that it is done to have to be counted");
        }
        if (o.effect() == Effect.SET_ACCESS && o.access().names().isEmpty()) {
            return Optional.of("effect = set-access needs access-codes, which the arguments choose from");
        }
        if (o.returns() == Returns.ACCESS && o.iterates() != Iterates.P2M_ENTRY) {
            return Optional.of("returns = access goes with iterates = p2m-entry only");
        }
        if (o.extent().changesState() && o.on() == On.HOST) {
            return Optional.of("adds-to and takes-from need a domain to work on, which on = host does not name");
        }
        if (o.stages().stream().noneMatch(s -> s.kind() == Stage.Kind.WORK) && o.iterates() == Iterates.AMOUNT) {
            return Optional.of("iterates is of no effect without the stage work");
        }
        if (o.iterates() != Iterates.ONCE && WITH_ARGUMENTS.stream().anyMatch(o::has)) {
            return Optional.of("a stage that needs arguments of its own (offline, arm-watchdog, set-affinity) goes with"
                    + " iterates = once only");
        }
        if (o.extent().names().contains(Amount.COUNT) && !WITH_COUNT.contains(o.iterates())) {
            return Optional.of("arg.count means nothing to iterates = " + label(o.iterates()));
        }
        if (o.extent().names().contains(Amount.ORDER) && !hasRoomForOrder(o)) {
            return Optional.of(
                    "arg.order is not there where gfns are among the arguments, or where they keep how far a call"
                            + " is (progress = list, count)");
        }
        boolean races = o.extent().race() != Extent.Race.NONE;
        if (races && !o.extent().iterations().isInfinite()) {
            return Optional.of("while-runs says when a call without end comes to its end: it goes with iterates ="
                    + " infinite only");
        }
        return o.variants().stream().flatMap(v -> problem(o, v).stream()).findFirst();
    }

    /** The place of an order among the arguments is that of the first gfn, or of the first entry that is left. */
    private static boolean hasRoomForOrder(Operation o) {
        boolean gfns = o.iterates() == Iterates.P2M_RANGE || o.iterates() == Iterates.P2M_ENTRY;
        return !gfns
                && o.variants().stream()
                        .map(v -> v.cadence().progress())
                        .noneMatch(p -> p == Progress.LIST || p == Progress.COUNT);
    }

    private static Optional<String> problem(Operation o, Variant variant) {
        boolean cutOff = variant.cadence().isPreemptible();
        if (cutOff && NO_HYPERCALLS.contains(o.hypercall())) {
            return Optional.of("hypercall = " + o.hypercall()
                    + " is none, so that no continuation can be made: every must" + " be 0");
        }
        Progress progress = variant.cadence().progress();
        boolean shrinks = o.extent().takesFrom().isPresent();
        boolean fits = switch (progress) {
            case NONE -> true;
            case CALLER_STRUCT, OP_FROM_BIT_32, OP_FROM_BIT_8, COMMAND_FROM_BIT_6 -> o.iterates() == Iterates.P2M_RANGE;
            case COMMAND, COUNT, LIST -> o.iterates() == Iterates.LIST || o.iterates() == Iterates.CALLS;
            case TARGET ->
                o.iterates() == Iterates.TARGET_PAGES
                        || o.iterates() == Iterates.POOL_PAGES
                        || o.iterates() == Iterates.AMOUNT && shrinks;
            case OBJECT -> o.iterates() == Iterates.AMOUNT && !shrinks;
        };
        return fits
                ? Optional.empty()
                : Optional.of("progress = " + label(progress) + " cannot keep how far a call is that iterates over "
                        + (o.iterates() == Iterates.AMOUNT
                                ? o.extent().iterations().text()
                                : label(o.iterates())));
    }

    private static List<Iterates> goesWith(Effect effect) {
        return switch (effect) {
            case SET_ACCESS -> List.of(Iterates.P2M_RANGE);
            case GIVE_BACK, TAKE -> List.of(Iterates.LIST);
            case RELINQUISH, WRITE_PROTECT -> List.of(Iterates.TARGET_PAGES);
            case NONE -> List.of(Iterates.values());
        };
    }

    private static String label(Enum<?> word) {
        return OperationBlock.label(word);
    }
}
