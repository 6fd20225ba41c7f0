package org.xenfleet.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.xenfleet.observe.HostReport;

/**
 * The epoch digests of all hosts of a run, as {@code tables/digests.csv} has them. Immutable.
 *
 * @param byHost by the host's name
 */
public record DigestTable(SortedMap<String, List<Long>> byHost) {

    public DigestTable {
        byHost = Collections.unmodifiableSortedMap(new TreeMap<>(byHost));
    }

    /** Where two runs differ first: the least epoch, and of its hosts the first by name. Epochs count from 0. */
    public record Difference(int epoch, String host) {}

    /** @throws IOException with a sentence if there is no such table, or it cannot be understood */
    public static DigestTable read(Path runDirectory) throws IOException {
        Path file = runDirectory.resolve("tables").resolve("digests.csv");
        if (!Files.exists(file)) {
            throw new IOException(runDirectory + " has no tables/digests.csv, so there is nothing to compare with.");
        }
        List<String> lines = Files.readAllLines(file);
        SortedMap<String, List<Long>> byHost = new TreeMap<>();
        for (int i = 1; i < lines.size(); i++) {
            String line = lines.get(i);
            int comma = line.indexOf(',');
            List<Long> digests = new ArrayList<>();
            try {
                for (String digest : line.substring(comma + 1).split(" ")) {
                    if (!digest.isEmpty()) {
                        digests.add(HexFormat.fromHexDigitsToLong(digest));
                    }
                }
            } catch (IllegalArgumentException e) {
                throw new IOException(file + ":" + (i + 1) + ": found '" + line
                        + "' where a host and its digests of 16 hexadecimal digits each should be.");
            }
            if (comma < 1) {
                throw new IOException(file + ":" + (i + 1) + ": found '" + line + "' where a host should be.");
            }
            byHost.put(line.substring(0, comma), digests);
        }
        return new DigestTable(byHost);
    }

    /** Where reports differ from this table. A host or an epoch that only one of the two has is a difference as well. */
    public Optional<Difference> differenceFrom(Iterable<HostReport> reports) {
        SortedMap<String, List<Long>> found = new TreeMap<>();
        reports.forEach(report -> found.put(report.name(), report.epochDigests()));
        SortedMap<String, List<Long>> all = new TreeMap<>(byHost);
        found.forEach(all::putIfAbsent);
        Optional<Difference> first = Optional.empty();
        for (String host : all.keySet()) {
            List<Long> recorded = byHost.getOrDefault(host, List.of());
            List<Long> again = found.getOrDefault(host, List.of());
            int epoch = firstDifference(recorded, again);
            if (epoch >= 0 && (first.isEmpty() || epoch < first.get().epoch())) {
                first = Optional.of(new Difference(epoch, host));
            }
        }
        return first;
    }

    private static int firstDifference(List<Long> one, List<Long> other) {
        int common = Math.min(one.size(), other.size());
        for (int i = 0; i < common; i++) {
            if (!one.get(i).equals(other.get(i))) {
                return i;
            }
        }
        return one.size() == other.size() ? -1 : common;
    }
}
