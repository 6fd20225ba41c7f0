package org.xenfleet.xlcfg.device;

import java.util.List;
import java.util.Optional;

/**
 * One list in {@code vnuma}: what a virtual NUMA node has. Mistakes are fatal. Source: xlcfg-grammar section 2.10; held
 * against xl of 4.17. Immutable.
 *
 * @param sizeMiB as unsigned, wrapped as xl wraps it
 * @param vcpus how many, each counted as often as it is named; at most {@link #MOST_VCPUS}
 * @param pnode the highest node of the host that is named, as unsigned; xl takes the last, but all must be there
 */
public record VirtualNode(long sizeMiB, long vcpus, long pnode) {
    /** Beyond this xl counts for ever, or nearly. */
    public static final long MOST_VCPUS = 1 << 20;

    /**
     * @param texts the items of the list that are no lists
     * @param nodes how many lists {@code vnuma} has
     */
    public static VirtualNode read(List<String> texts, int nodes, SpecReport report) {
        long vcpus = 0;
        long pnode = 0;
        long sizes = 0;
        for (String text : texts) {
            Optional<Parts.Pair> pair = Parts.pair(text);
            if (pair.isEmpty()) {
                report.refuse("`" + Excerpt.of(text) + "` is no pair NAME=VALUE");
                continue;
            }
            String value = pair.get().value();
            switch (pair.get().name()) {
                case "pnode" -> {
                    long named = number(value, report);
                    pnode = Long.compareUnsigned(named, pnode) > 0 ? named : pnode;
                }
                case "size" -> sizes += number(value, report);
                case "vcpus" -> vcpus += vcpus(value, report);
                case "vdistances" -> distances(value, nodes, report);
                default -> report.warn("`" + Excerpt.of(text) + "` is no parameter that xl knows, and xl drops it");
            }
        }
        return new VirtualNode(sizes, vcpus, pnode);
    }

    private static long number(String value, SpecReport report) {
        CUnsigned number = CUnsigned.at(value, 0, 10);
        if (!number.isNumber(0)) {
            report.refuse("`" + Excerpt.of(value) + "` does not begin with a number");
            return 0;
        }
        return number.value();
    }

    /** xl does not mind what follows a range, and takes a text that is none for vCPU 0. */
    private static long vcpus(String value, SpecReport report) {
        List<String> ranges = Parts.between(value, ',');
        if (ranges.isEmpty()) {
            report.refuse("it names no vCPUs, on which xl 4.17 crashes");
        }
        long count = 0;
        for (String range : ranges) {
            CUnsigned first = CUnsigned.at(range, 0, 10);
            CUnsigned last = first;
            if (range.startsWith("-", first.end()) && first.end() > 0) {
                last = CUnsigned.at(range, first.end() + 1, 10);
            } else if (first.end() == 0) {
                report.warn("`" + Excerpt.of(range) + "` names no vCPU; xl takes it for vCPU 0");
            }
            if (last.value() == CUnsigned.MAX) {
                report.refuse("`" + Excerpt.of(range) + "` makes xl 4.17 count for ever");
                return 0;
            }
            boolean empty = Long.compareUnsigned(last.value(), first.value()) < 0;
            count += empty ? 0 : Math.min(MOST_VCPUS + 1, unsigned(last.value() - first.value()) + 1);
        }
        if (count > MOST_VCPUS) {
            report.refuse("it names more than " + MOST_VCPUS + " vCPUs");
            return 0;
        }
        return count;
    }

    private static long unsigned(long difference) {
        return difference < 0 || difference > MOST_VCPUS ? MOST_VCPUS : difference;
    }

    private static void distances(String value, int nodes, SpecReport report) {
        List<String> distances = Parts.between(value, ',');
        if (distances.isEmpty() || distances.size() > nodes) {
            report.refuse("vdistances has " + distances.size() + " numbers, but 1 to " + nodes + " can stand there");
        }
        distances.forEach(distance -> number(distance, report));
    }
}
