package org.xenfleet.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Hosts that one manager cares for, in one or more copies. Immutable.
 *
 * @param kinds keys under {@code hosts}, at least one, which the hosts of a copy have in turn, by index
 * @param count hosts per copy, 1 to 1,000,000
 * @param copies independent pools of this shape, 1 to 1,000,000; {@code count * copies} is at most 1,000,000
 * @param channel over which the hosts of a copy meet; empty if they meet nobody
 */
public record PoolSpec(String name, List<String> kinds, int count, int copies, Optional<ChannelSpec> channel) {
    public PoolSpec {
        kinds = List.copyOf(kinds);
    }

    /** Equal hosts that meet nobody. */
    public PoolSpec(String name, String host, int count, int copies) {
        this(name, List.of(host), count, copies, Optional.empty());
    }

    /** The kind of the host of that index in its copy: a key under {@code hosts}. */
    public String kindOf(int index) {
        return kinds.get(index % kinds.size());
    }

    /** The names of its copies, each a pool of its own: {@code p}, or {@code p-0}, {@code p-1}, ... */
    public List<String> copyNames() {
        List<String> names = new ArrayList<>();
        for (int copy = 0; copy < copies; copy++) {
            names.add(copies == 1 ? name : name + "-" + copy);
        }
        return names;
    }

    /** The names of all hosts, copy by copy: {@code p/0}, or {@code p-0/0} when there is more than one copy. */
    public List<String> hostNames() {
        List<String> names = new ArrayList<>();
        for (String pool : copyNames()) {
            for (int host = 0; host < count; host++) {
                names.add(pool + "/" + host);
            }
        }
        return names;
    }
}
