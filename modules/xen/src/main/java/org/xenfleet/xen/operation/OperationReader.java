package org.xenfleet.xen.operation;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.xenfleet.xen.Access;
import org.xenfleet.xen.Errno;
import org.xenfleet.xen.ReleaseRange;
import org.xenfleet.xen.operation.Extent.Limit;
import org.xenfleet.xen.operation.Extent.Race;
import org.xenfleet.xen.operation.Operation.Cadence;
import org.xenfleet.xen.operation.Operation.Cost;
import org.xenfleet.xen.operation.Operation.Difference;
import org.xenfleet.xen.operation.Operation.Effect;
import org.xenfleet.xen.operation.Operation.Exhausted;
import org.xenfleet.xen.operation.Operation.Iterates;
import org.xenfleet.xen.operation.Operation.Lock;
import org.xenfleet.xen.operation.Operation.On;
import org.xenfleet.xen.operation.Operation.Returns;
import org.xenfleet.xen.operation.Operation.Variant;

/** Reads the files of the catalogue; what {@code catalogue.conf} does not explain is refused. */
final class OperationReader {
    private static final String DIFFERENCES = "in-releases";
    private static final List<String> KEYS = List.of(
            "name",
            "hypercall",
            "sub-op",
            "releases",
            "hvm-callers",
            "on",
            "checks",
            "limits",
            "iterates",
            "within",
            "while-runs",
            "most",
            "effect",
            "adds-to",
            "takes-from",
            "cost",
            "lock",
            "returns",
            "exhausted",
            "access-codes",
            "refused-access",
            "preemption",
            "stages",
            DIFFERENCES);
    private static final List<String> COST_KEYS = List.of("key", "low", "default", "high", "meaning");
    private static final List<String> LIMIT_KEYS = List.of("of", "most", "errno");
    private static final List<String> RANGE_KEYS = List.of("since", "until");
    private static final List<String> PREEMPTION_KEYS =
            List.of("without-fix", "since", "until", "every", "before-first", "progress");
    private static final List<String> DIFFERENT_KEYS = List.of(
            "checks",
            "limits",
            "iterates",
            "within",
            "while-runs",
            "lock",
            "exhausted",
            "access-codes",
            "refused-access",
            "preemption",
            "stages");
    private static final List<String> IN_RELEASES_KEYS = Stream.concat(
                    Stream.of("without-fix", "since", "until", "bits"), DIFFERENT_KEYS.stream())
            .toList();
    private static final long DEFAULT_MOST = 0xFFFF_FFFFL;
    private static final String NAME = "[a-z][a-z0-9_-]{0,60}";
    private static final String ADVISORY = "xsa-[0-9]{1,4}";

    private OperationReader() {}

    /** The operations that {@code catalogue.conf} names, in its order, without the differences of releases. */
    static List<Operation> shipped() {
        return names().stream().map(name -> read(name, file(name + ".conf"))).toList();
    }

    private static List<String> names() {
        return file("catalogue.conf").getStringList("operations");
    }

    private static Config file(String name) {
        try (InputStream in = OperationReader.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not shipped");
            }
            Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8);
            return ConfigFactory.parseReader(reader).resolve();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalStateException with the first thing that is wrong */
    static Operation read(String name, Config c) {
        Operation operation = read(c.root(), (origin, path, message, found, near) -> {
                    throw new IllegalStateException(name + ": " + message);
                })
                .orElseThrow();
        if (!operation.name().equals(name)) {
            throw new IllegalStateException("the file of " + name + " calls itself " + operation.name());
        }
        return operation;
    }

    /** Empty after any fault. */
    static Optional<Operation> read(ConfigObject file, OperationBlock.Faults faults) {
        boolean[] wrong = new boolean[1];
        OperationBlock.Faults noting = (origin, path, message, found, near) -> {
            wrong[0] = true;
            faults.found(origin, path, message, found, near);
        };
        OperationBlock block = new OperationBlock(file, List.of(), noting);
        block.onlyKnown(KEYS);
        Optional<Operation> operation = whole(block, differences(block));
        return wrong[0] ? Optional.empty() : operation;
    }

    private static List<Difference> differences(OperationBlock file) {
        List<Difference> differences = new ArrayList<>();
        for (OperationBlock d : file.blocks(DIFFERENCES)) {
            d.onlyKnown(IN_RELEASES_KEYS);
            OptionalInt bits = d.has("bits") ? OptionalInt.of((int) d.whole("bits", 64, 32, 64)) : OptionalInt.empty();
            Optional<String> withoutFix = advisory(d);
            ReleaseRange releases = lines(d);
            whole(file.replaced(d, DIFFERENT_KEYS, DIFFERENCES), List.of())
                    .ifPresent(instead -> differences.add(new Difference(withoutFix, releases, bits, instead)));
        }
        return differences;
    }

    private static Optional<Operation> whole(OperationBlock c, List<Difference> differences) {
        String name = c.text("name");
        if (!name.matches(NAME) && !name.isEmpty()) {
            c.wrong("name", "name = " + name + " must begin with a small letter and have only a-z, 0-9, _ and -");
        }
        Returns returns = c.word("returns", Returns.values());
        if (c.has("exhausted") && returns != Returns.ZERO) {
            c.wrong("exhausted", "exhausted goes with returns = zero only");
        }
        Optional<Amount> amount = amountOf(c);
        try {
            Operation operation = new Operation(
                    name,
                    c.text("hypercall"),
                    c.has("sub-op") ? OptionalInt.of((int) c.whole("sub-op", 0, 0, 65535)) : OptionalInt.empty(),
                    range(c, "releases"),
                    range(c, "hvm-callers"),
                    c.word("on", On.values()),
                    c.list("checks", true, Check::ofLabel),
                    amount.isPresent() ? Iterates.AMOUNT : c.word("iterates", Iterates.words()),
                    extent(c, amount.orElse(Amount.ONE)),
                    c.whole("most", DEFAULT_MOST, 1, DEFAULT_MOST),
                    c.word("effect", Effect.values()),
                    cost(c.block("cost")),
                    c.word("lock", Lock.values()),
                    returns,
                    exhausted(c),
                    new AccessCodes(accesses(c, "access-codes"), accesses(c, "refused-access")),
                    c.blocks("preemption").stream()
                            .map(OperationReader::variant)
                            .toList(),
                    c.has("stages") ? c.list("stages", true, Stage::of) : List.of(Stage.OWN_WORK),
                    differences);
            OperationRules.problem(operation).ifPresent(c::wrong);
            return Optional.of(operation);
        } catch (IllegalArgumentException e) {
            c.wrong(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** What {@code iterates} says, unless it is one of the words. */
    private static Optional<Amount> amountOf(OperationBlock c) {
        String text = c.optional("iterates").orElse("");
        boolean word = text.isEmpty()
                || Stream.of(Iterates.words())
                        .anyMatch(w -> OperationBlock.label(w).equals(text));
        boolean looksLikeWord = text.matches("[a-z0-9]+(-[a-z0-9]+)+");
        return word || looksLikeWord ? Optional.empty() : Optional.of(c.parsed("iterates", Amount.ONE, Amount::of));
    }

    private static Extent extent(OperationBlock c, Amount iterations) {
        return new Extent(
                iterations,
                c.parsed("within", Amount.ONE, Amount::of),
                c.blocks("limits").stream().map(OperationReader::limit).toList(),
                state(c, "adds-to"),
                state(c, "takes-from"),
                c.has("while-runs") ? c.word("while-runs", Race.values()) : Race.NONE);
    }

    private static Limit limit(OperationBlock c) {
        c.onlyKnown(LIMIT_KEYS);
        if (!c.has("of")) {
            c.wrong("of", "of is missing; it must be an amount, for example arg.count");
        }
        return new Limit(
                c.parsed("of", Amount.ONE, Amount::of),
                c.whole("most", 0, 0, Amount.INFINITE),
                c.text("errno").equals("0") ? 0 : c.parsed("errno", 0, Errno::named));
    }

    private static Optional<String> state(OperationBlock c, String key) {
        Optional<String> name = c.optional(key);
        if (name.isPresent() && !name.get().matches("state\\.[a-z][a-z0-9-]{0,40}")) {
            c.wrong(key, key + " = " + name.get() + "; it must be state. with a name, for example state.regions");
            return Optional.empty();
        }
        return name;
    }

    /** One errno for both, or one for each. */
    private static Exhausted exhausted(OperationBlock c) {
        if (!c.has("exhausted")) {
            return Exhausted.NEVER;
        }
        if (c.isText("exhausted")) {
            int errno = c.parsed("exhausted", 0, Errno::named);
            return new Exhausted(errno, errno);
        }
        OperationBlock both = c.block("exhausted");
        both.onlyKnown(List.of("hole", "split"));
        return new Exhausted(both.parsed("hole", 0, Errno::named), both.parsed("split", 0, Errno::named));
    }

    private static List<Access> accesses(OperationBlock c, String key) {
        return c.list(
                key,
                false,
                label -> Access.ofLabel(label)
                        .orElseThrow(() -> new IllegalArgumentException(key + " names " + label + ", no access")));
    }

    private static Cost cost(OperationBlock c) {
        c.onlyKnown(COST_KEYS);
        String key = c.text("key");
        if (!key.matches("[a-z][a-z0-9-]{0,40}") && !key.isEmpty()) {
            c.wrong("key", "key = " + key + " must begin with a small letter and have only a-z, 0-9 and -");
        }
        long standard = c.nanos("default");
        return new Cost(
                key,
                c.text("meaning"),
                c.has("low") ? c.nanos("low") : standard,
                standard,
                c.has("high") ? c.nanos("high") : standard);
    }

    private static Variant variant(OperationBlock c) {
        c.onlyKnown(PREEMPTION_KEYS);
        if (!c.has("every")) {
            c.wrong("every", "every is missing; 0 is never");
        }
        Cadence cadence = new Cadence(
                c.whole("every", 0, 0, Amount.INFINITE), c.flag("before-first"), c.word("progress", Progress.values()));
        return new Variant(advisory(c), lines(c), cadence);
    }

    private static Optional<String> advisory(OperationBlock c) {
        return c.optional("without-fix").filter(text -> {
            if (!text.matches(ADVISORY)) {
                c.wrong("without-fix", "without-fix = " + text + " is no advisory, for example xsa-89");
            }
            return true;
        });
    }

    /** All where the key is left out, none where it is {@code never}. */
    private static ReleaseRange range(OperationBlock c, String key) {
        if (!c.has(key)) {
            return ReleaseRange.ALL;
        }
        if (c.isText(key) && c.optional(key).orElse("").equals("never")) {
            return ReleaseRange.NONE;
        }
        OperationBlock range = c.block(key);
        range.onlyKnown(RANGE_KEYS);
        return lines(range);
    }

    private static ReleaseRange lines(OperationBlock c) {
        return new ReleaseRange(
                c.parsed("since", ReleaseRange.ALL.since(), ReleaseRange::first),
                c.parsed("until", ReleaseRange.ALL.until(), ReleaseRange::last));
    }
}
