package org.xenfleet.xen.operation;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueType;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xenfleet.xen.Access;
import org.xenfleet.xen.Errno;
import org.xenfleet.xen.ReleaseRange;
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
            "iterates",
            "most",
            "effect",
            "cost",
            "lock",
            "returns",
            "exhausted",
            "access-codes",
            "refused-access",
            "preemption",
            "stages",
            DIFFERENCES);
    private static final List<String> PREEMPTION_KEYS =
            List.of("without-fix", "since", "until", "every", "before-first", "progress");
    private static final List<String> DIFFERENT_KEYS =
            List.of("checks", "lock", "exhausted", "access-codes", "refused-access");
    private static final List<String> IN_RELEASES_KEYS = Stream.concat(
                    Stream.of("since", "until", "bits"), DIFFERENT_KEYS.stream())
            .toList();
    private static final long DEFAULT_MOST = 0xFFFF_FFFFL;

    private OperationReader() {}

    /** The operations that {@code catalogue.conf} names, in its order, without the differences of releases. */
    static List<Operation> shipped() {
        return names().stream().map(name -> read(name, file(name + ".conf"))).toList();
    }

    private static List<String> names() {
        return file("catalogue.conf").getStringList("operations");
    }

    private static List<Difference> differences(String name, Config c) {
        if (!c.hasPath(DIFFERENCES)) {
            return List.of();
        }
        return c.getConfigList(DIFFERENCES).stream()
                .map(d -> difference(name, d, c))
                .toList();
    }

    private static Difference difference(String name, Config d, Config c) {
        onlyKnown(name, d, IN_RELEASES_KEYS);
        OptionalInt bits = d.hasPath("bits") ? OptionalInt.of(d.getInt("bits")) : OptionalInt.empty();
        return new Difference(lines(d), bits, read(name, differing(d, c)));
    }

    /** The file with the values that the difference gives in place of its own. */
    private static Config differing(Config difference, Config c) {
        Config merged = c.withoutPath(DIFFERENCES);
        for (String key : DIFFERENT_KEYS) {
            if (difference.hasPath(key)) {
                merged = merged.withValue(key, difference.getValue(key));
            }
        }
        return merged;
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

    static Operation read(String name, Config c) {
        onlyKnown(name, c, KEYS);
        if (!c.getString("name").equals(name)) {
            throw new IllegalArgumentException("the file of " + name + " calls itself " + c.getString("name"));
        }
        Returns returns = word(name, c, "returns", Returns.values());
        if (c.hasPath("exhausted") && returns != Returns.ZERO) {
            throw new IllegalArgumentException(name + ": exhausted goes with returns = zero only");
        }
        return new Operation(
                name,
                c.getString("hypercall"),
                c.hasPath("sub-op") ? OptionalInt.of(c.getInt("sub-op")) : OptionalInt.empty(),
                range(c, "releases"),
                range(c, "hvm-callers"),
                word(name, c, "on", On.values()),
                c.getStringList("checks").stream().map(Check::ofLabel).toList(),
                word(name, c, "iterates", Iterates.values()),
                c.hasPath("most") ? c.getLong("most") : DEFAULT_MOST,
                word(name, c, "effect", Effect.values()),
                cost(c.getConfig("cost")),
                word(name, c, "lock", Lock.values()),
                returns,
                exhausted(c),
                accessCodes(name, c),
                c.getConfigList("preemption").stream()
                        .map(p -> variant(name, p))
                        .toList(),
                c.hasPath("stages")
                        ? c.getStringList("stages").stream().map(Stage::of).toList()
                        : List.of(Stage.OWN_WORK),
                differences(name, c));
    }

    /** One errno for both, or one for each. */
    private static Exhausted exhausted(Config c) {
        if (!c.hasPath("exhausted")) {
            return Exhausted.NEVER;
        }
        boolean both = c.getValue("exhausted").valueType() == ConfigValueType.STRING;
        return new Exhausted(
                Errno.named(c.getString(both ? "exhausted" : "exhausted.hole")),
                Errno.named(c.getString(both ? "exhausted" : "exhausted.split")));
    }

    private static AccessCodes accessCodes(String name, Config c) {
        return new AccessCodes(accesses(name, c, "access-codes"), accesses(name, c, "refused-access"));
    }

    private static List<Access> accesses(String name, Config c, String key) {
        List<String> labels = c.hasPath(key) ? c.getStringList(key) : List.of();
        return labels.stream()
                .map(label -> Access.ofLabel(label)
                        .orElseThrow(() ->
                                new IllegalArgumentException(name + ": " + key + " names " + label + ", no access")))
                .toList();
    }

    private static Cost cost(Config c) {
        return new Cost(
                c.getString("key"), c.getString("meaning"), nanos(c, "low"), nanos(c, "default"), nanos(c, "high"));
    }

    /** A cost without levels of its own is the same at all of them. */
    private static long nanos(Config c, String level) {
        return c.getDuration(c.hasPath(level) ? level : "default").toNanos();
    }

    private static Variant variant(String name, Config c) {
        onlyKnown(name, c, PREEMPTION_KEYS);
        boolean beforeFirst = c.hasPath("before-first") && c.getBoolean("before-first");
        Cadence cadence = new Cadence(c.getLong("every"), beforeFirst, word(name, c, "progress", Progress.values()));
        Optional<String> withoutFix =
                c.hasPath("without-fix") ? Optional.of(c.getString("without-fix")) : Optional.empty();
        return new Variant(withoutFix, lines(c), cadence);
    }

    /** All where the key is left out, none where it is {@code never}. */
    private static ReleaseRange range(Config c, String key) {
        if (!c.hasPath(key)) {
            return ReleaseRange.ALL;
        }
        boolean never = c.getValue(key).valueType() == ConfigValueType.STRING
                && c.getString(key).equals("never");
        return never ? ReleaseRange.NONE : lines(c.getConfig(key));
    }

    private static ReleaseRange lines(Config c) {
        int since = c.hasPath("since") ? ReleaseRange.first(c.getString("since")) : ReleaseRange.ALL.since();
        int until = c.hasPath("until") ? ReleaseRange.last(c.getString("until")) : ReleaseRange.ALL.until();
        return new ReleaseRange(since, until);
    }

    private static <E extends Enum<E>> E word(String name, Config c, String key, E[] words) {
        String word = c.getString(key);
        return Arrays.stream(words)
                .filter(w -> label(w).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + ": " + key + " = " + word + "; there are "
                        + Arrays.stream(words).map(OperationReader::label).collect(Collectors.joining(", "))));
    }

    private static String label(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void onlyKnown(String name, Config c, List<String> known) {
        for (String key : new TreeSet<>(c.root().keySet())) {
            if (!known.contains(key)) {
                throw new IllegalArgumentException(name + ": nothing is known of the key " + key);
            }
        }
    }
}
