package org.xenfleet.scenario;

import java.util.ArrayList;
import java.util.List;

/**
 * Equal hosts that one manager cares for, in one or more copies. Immutable.
 *
 * @param host key under {@code hosts}
 * @param count hosts per copy, 1 to 1,000,000
 * @param copies independent pools of this shape, 1 to 1,000,000; {@code count * copies} is at most 1,000,000
 */
public record PoolSpec(String name, String host, int count, int copies) {

    /** The names of all hosts, copy by copy: {@code p/0}, or {@code p-0/0} when there is more than one copy. */
    public List<String> hostNames() {
        List<String> names = new ArrayList<>();
        for (int copy = 0; copy < copies; copy++) {
            String pool = copies == 1 ? name : name + "-" + copy;
            for (int host = 0; host < count; host++) {
                names.add(pool + "/" + host);
            }
        }
        return names;
    }
}
