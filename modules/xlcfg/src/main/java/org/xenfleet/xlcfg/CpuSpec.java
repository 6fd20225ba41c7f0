package org.xenfleet.xlcfg;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.xenfleet.xlcfg.device.CUnsigned;
import org.xenfleet.xlcfg.device.Excerpt;

/**
 * A set of pCPUs in words, such as {@code 0-7,^3,node:1}; its meaning depends on the host. Source: xlcfg-grammar
 * section 2.4, including the fault that nodes only reach the pCPUs below 64.
 */
record CpuSpec(List<Part> parts) {
    /**
     * One step, to be done in order: add or remove a range.
     *
     * @param first as C's unsigned long, like {@code last}, which is not below it
     */
    record Part(boolean remove, boolean nodes, long first, long last) {}

    /** A text that xl refuses whatever the host. */
    static final class BadSpec extends Exception {
        private BadSpec(String message) {
            super(message, null, false, false);
        }

        String what() {
            return String.valueOf(getMessage());
        }
    }

    /** One past the last pCPU that {@code node:} can reach in xl. */
    private static final int NODE_REACH = 64;

    CpuSpec {
        parts = List.copyOf(parts);
    }

    /** Empty parts between commas are skipped, so that an empty text is a set of nothing. */
    static CpuSpec parse(String text) throws BadSpec {
        List<Part> parts = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int comma = text.indexOf(',', start);
            int end = comma < 0 ? text.length() : comma;
            if (end > start) {
                parts.add(part(text.substring(start, end)));
            }
            start = end + 1;
        }
        return new CpuSpec(parts);
    }

    private static Part part(String text) throws BadSpec {
        boolean remove = text.startsWith("^");
        String rest = remove ? text.substring(1) : text;
        boolean nodes = rest.startsWith("node:") || rest.startsWith("nodes:");
        rest = nodes ? rest.substring(rest.indexOf(':') + 1) : rest;
        if (rest.equals("all")) {
            if (remove) {
                throw new BadSpec("Can't combine \"^\" and \"all\".");
            }
            return new Part(false, false, 0, CUnsigned.MAX);
        }
        CUnsigned first = number(rest, 0);
        CUnsigned last = rest.startsWith("-", first.end()) ? number(rest, first.end() + 1) : first;
        if (last.end() < rest.length() || Long.compareUnsigned(last.value(), first.value()) < 0) {
            throw invalid(rest);
        }
        return new Part(remove, nodes, first.value(), last.value());
    }

    /** As strtoul with base 10 reads it; a minus wraps round to a pCPU that no host has. */
    private static CUnsigned number(String range, int start) throws BadSpec {
        CUnsigned number = CUnsigned.at(range, start, 10);
        if (!number.isNumber(start)) {
            throw invalid(range);
        }
        return number;
    }

    private static BadSpec invalid(String range) {
        return new BadSpec("Invalid pcpu range: " + Excerpt.of(range)
                + ". Right are N, N-M with M not below N, and all, after an optional ^ and node:");
    }

    /**
     * The set on one host; what the host lacks is left out.
     *
     * @param hostCpus 1 and up; they are dealt to the nodes in equal runs, and what is over goes to the last node
     * @param nodes 1 and up
     */
    BitSet on(int hostCpus, int nodes) {
        BitSet cpus = new BitSet(hostCpus);
        for (Part part : parts) {
            int perNode = part.nodes() ? Math.max(1, hostCpus / nodes) : 1;
            int units = part.nodes() ? Math.min(nodes, hostCpus) : hostCpus;
            if (Long.compareUnsigned(part.first(), units) >= 0) {
                continue;
            }
            boolean toTheEnd = Long.compareUnsigned(part.last(), units - 1L) >= 0;
            int from = (int) part.first() * perNode;
            int to = toTheEnd ? hostCpus : ((int) part.last() + 1) * perNode;
            int reach = part.nodes() ? Math.min(to, NODE_REACH) : to;
            if (from < reach) {
                cpus.set(from, reach, !part.remove());
            }
        }
        return cpus;
    }
}
