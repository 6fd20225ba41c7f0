package org.xenfleet.xen.control;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import org.xenfleet.xen.Fields;

/**
 * What domains have accumulated in Xen, by names that operations give it: open event channels, registered regions. Never below
 * 0. Domains go by domid. Used by one thread.
 */
public final class Accumulated {
    private final List<String> names;
    private final long[][] amounts;

    /** {@code atStart} is, by domid, what each domain has; what it does not name is 0. */
    public Accumulated(SortedSet<String> names, List<SortedMap<String, Long>> atStart) {
        this.names = List.copyOf(names);
        this.amounts = new long[atStart.size()][this.names.size()];
        for (int domid = 0; domid < amounts.length; domid++) {
            for (int i = 0; i < this.names.size(); i++) {
                amounts[domid][i] = atStart.get(domid).getOrDefault(this.names.get(i), 0L);
            }
        }
    }

    public long of(int domid, String name) {
        return amounts[domid][names.indexOf(name)];
    }

    /** From now on the domain has {@code more} of it; what would be below 0 is 0. */
    public void change(int domid, String name, long more) {
        int at = names.indexOf(name);
        amounts[domid][at] = Math.max(0, amounts[domid][at] + more);
    }

    public void fields(Fields f) {
        for (long[] ofDomain : amounts) {
            f.at("accumulated", ofDomain);
        }
    }
}
