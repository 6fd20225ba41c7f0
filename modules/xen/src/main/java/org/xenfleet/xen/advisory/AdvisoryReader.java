package org.xenfleet.xen.advisory;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueType;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.xenfleet.xen.Arch;
import org.xenfleet.xen.Release;
import org.xenfleet.xen.ReleaseRange;

/** Reads the files of the catalogue; what {@code catalogue.conf} does not explain is refused. */
final class AdvisoryReader {
    private static final List<String> KEYS = List.of(
            "id",
            "title",
            "date",
            "cve",
            "read-in-full",
            "shapes",
            "operation",
            "bound",
            "affected",
            "except",
            "fix",
            "fixed",
            "ways",
            "mitigations");
    private static final List<String> EXCEPT_KEYS = List.of("since", "until", "bits", "arch", "is", "because");
    private static final List<String> FIXED_KEYS = List.of("in", "from", "branch", "commits");
    private static final List<String> WAY_KEYS = List.of("who", "needs", "text");
    private static final String UNKNOWN = "not-established";

    private static final Pattern ID = Pattern.compile("xsa-[1-9]\\d{0,3}");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{12}");

    private AdvisoryReader() {}

    /** The advisories that {@code catalogue.conf} names, in its order. */
    static List<Advisory> shipped() {
        List<Advisory> advisories = file("catalogue.conf").getStringList("advisories").stream()
                .map(id -> read(id, file(id + ".conf")))
                .toList();
        for (int i = 1; i < advisories.size(); i++) {
            if (advisories.get(i - 1).number() >= advisories.get(i).number()) {
                throw new IllegalArgumentException(advisories.get(i).id() + " stands behind "
                        + advisories.get(i - 1).id());
            }
        }
        return advisories;
    }

    private static Config file(String name) {
        try (InputStream in = AdvisoryReader.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not shipped");
            }
            Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8);
            return ConfigFactory.parseReader(reader).resolve();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Advisory read(String id, Config c) {
        onlyKnown(id, c, KEYS);
        if (!c.getString("id").equals(id) || !ID.matcher(id).matches()) {
            throw new IllegalArgumentException("the file of " + id + " calls itself " + c.getString("id"));
        }
        List<Fix> fixes = c.getConfigList("fixed").stream().map(f -> fix(id, f)).toList();
        if (fixes.stream().filter(Fix::onwards).count() > 1) {
            throw new IllegalArgumentException(id + ": only one fix can be the one from which on all have it");
        }
        List<Way> ways = c.getConfigList("ways").stream().map(w -> way(id, w)).toList();
        if (ways.isEmpty()) {
            throw new IllegalArgumentException(id + ": nobody can use it");
        }
        return new Advisory(
                id,
                c.getString("title"),
                LocalDate.parse(c.getString("date")),
                c.getStringList("cve"),
                c.getBoolean("read-in-full"),
                words(id, c, "shapes", Shape.values()),
                c.getString("operation"),
                c.getString("bound"),
                c.getString("affected"),
                c.hasPath("except")
                        ? c.getConfigList("except").stream()
                                .map(e -> exemption(id, e))
                                .toList()
                        : List.of(),
                c.getString("fix"),
                fixes,
                ways,
                mitigations(c));
    }

    private static Optional<List<String>> mitigations(Config c) {
        boolean unknown = c.getValue("mitigations").valueType() == ConfigValueType.STRING
                && c.getString("mitigations").equals(UNKNOWN);
        return unknown ? Optional.empty() : Optional.of(c.getStringList("mitigations"));
    }

    private static Exemption exemption(String id, Config c) {
        onlyKnown(id, c, EXCEPT_KEYS);
        int since = c.hasPath("since") ? ReleaseRange.first(c.getString("since")) : ReleaseRange.ALL.since();
        int until = c.hasPath("until") ? ReleaseRange.last(c.getString("until")) : ReleaseRange.ALL.until();
        Standing standing = word(id, "is", c.getString("is"), Standing.values());
        if (standing == Standing.AFFECTED || standing == Standing.FIXED) {
            throw new IllegalArgumentException(id + ": except says who is " + UNKNOWN + " or not-affected");
        }
        return new Exemption(
                new ReleaseRange(since, until),
                c.hasPath("bits") ? OptionalInt.of(c.getInt("bits")) : OptionalInt.empty(),
                c.hasPath("arch")
                        ? Optional.of(word(id, "arch", c.getString("arch"), Arch.values()))
                        : Optional.empty(),
                standing,
                c.getString("because"));
    }

    private static Fix fix(String id, Config c) {
        onlyKnown(id, c, FIXED_KEYS);
        List<String> commits = c.getStringList("commits");
        if (commits.isEmpty()
                || !commits.stream().allMatch(commit -> COMMIT.matcher(commit).matches())) {
            throw new IllegalArgumentException(id + ": a fix has commits of 12 digits, not " + commits);
        }
        if (c.hasPath("branch")) {
            return new Fix(c.getString("branch"), Optional.empty(), false, commits);
        }
        boolean onwards = c.hasPath("from");
        String release = c.getString(onwards ? "from" : "in");
        return new Fix(Release.of(release).line(), Optional.of(release), onwards, commits);
    }

    private static Way way(String id, Config c) {
        onlyKnown(id, c, WAY_KEYS);
        return new Way(
                word(id, "who", c.getString("who"), Role.values()),
                c.hasPath("needs") ? words(id, c, "needs", Need.values()) : List.of(),
                c.getString("text"));
    }

    private static <E extends Enum<E>> List<E> words(String id, Config c, String key, E[] words) {
        return c.getStringList(key).stream()
                .map(word -> word(id, key, word, words))
                .toList();
    }

    private static <E extends Enum<E>> E word(String id, String key, String word, E[] words) {
        return Arrays.stream(words)
                .filter(w -> label(w).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(id + ": " + key + " = " + word + "; there are "
                        + Arrays.stream(words).map(AdvisoryReader::label).collect(Collectors.joining(", "))));
    }

    private static String label(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void onlyKnown(String id, Config c, List<String> known) {
        for (String key : new TreeSet<>(c.root().keySet())) {
            if (!known.contains(key)) {
                throw new IllegalArgumentException(id + ": nothing is known of the key " + key);
            }
        }
    }
}
