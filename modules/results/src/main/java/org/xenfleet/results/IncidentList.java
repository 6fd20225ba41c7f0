package org.xenfleet.results;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.xenfleet.observe.HostReport;

/**
 * The incidents of all hosts in the order of {@link HostIncident}, of which only the order is kept: four bytes an
 * incident. They are read from the encoded reports; going through the list decodes a report once for many incidents,
 * {@link #get} once for each. Immutable; any thread may read it.
 */
public final class IncidentList extends AbstractList<HostIncident> {
    /** So many incidents are held decoded while somebody goes through the list. */
    private static final int BATCH = 1 << 16;

    private final ReportList reports;
    private final int batch;

    /** Of each host how many incidents all hosts before it have; one more at the end. Numbers of incidents count so. */
    private final int[] before;

    /** The numbers of the incidents, in the order of this list. */
    private final int[] order;

    private IncidentList(ReportList reports, int[] before, int[] order, int batch) {
        this.reports = reports;
        this.before = before;
        this.order = order;
        this.batch = batch;
    }

    /** Notes when the incidents of one host after the other were. One thread only. */
    static final class Builder {
        private final ReportList reports;
        private final int[] before;
        private long[] times = new long[64];
        private int hosts;

        Builder(ReportList reports) {
            this.reports = reports;
            this.before = new int[reports.size() + 1];
        }

        /** Takes the reports one by one in their order. */
        void add(HostReport host) {
            int size = before[hosts];
            for (HostIncident one : HostIncident.of(host)) {
                times = size < times.length ? times : Arrays.copyOf(times, 2 * size);
                times[size++] = one.incident().timeNs();
            }
            before[++hosts] = size;
        }

        IncidentList build() {
            return build(BATCH);
        }

        /** A host's own incidents are in order, and hosts by name: what is equal in time stays as it came. */
        IncidentList build(int batch) {
            int[] order = IntStream.range(0, before[hosts])
                    .boxed()
                    .sorted(Comparator.comparingLong(number -> times[number]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            return new IncidentList(reports, before, order, batch);
        }
    }

    static IncidentList of(ReportList reports) {
        Builder builder = new Builder(reports);
        reports.forEach(builder::add);
        return builder.build();
    }

    @Override
    public int size() {
        return order.length;
    }

    @Override
    public HostIncident get(int index) {
        return decoded(index, index + 1).get(0);
    }

    /** The first incidents, at most {@code most}, decoded. */
    List<HostIncident> first(int most) {
        return decoded(0, Math.min(most, order.length));
    }

    @Override
    public Iterator<HostIncident> iterator() {
        return new Iterator<>() {
            private int next;
            private Iterator<HostIncident> held = List.<HostIncident>of().iterator();

            @Override
            public boolean hasNext() {
                return next < order.length;
            }

            @Override
            public HostIncident next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                if (!held.hasNext()) {
                    held = decoded(next, Math.min(next + batch, order.length)).iterator();
                }
                next++;
                return held.next();
            }
        };
    }

    /** Part of the list; every host that has something in it is decoded once. */
    private List<HostIncident> decoded(int from, int to) {
        HostIncident[] part = new HostIncident[to - from];
        long[] byNumber = new long[part.length];
        for (int i = 0; i < part.length; i++) {
            byNumber[i] = (long) order[from + i] << Integer.SIZE | i;
        }
        Arrays.sort(byNumber);
        int host = -1;
        List<HostIncident> ofHost = List.of();
        for (long one : byNumber) {
            int number = (int) (one >> Integer.SIZE);
            if (host < 0 || number >= before[host + 1]) {
                host = hostOf(number, host + 1);
                ofHost = HostIncident.of(reports.get(host));
            }
            part[(int) one] = ofHost.get(number - before[host]);
        }
        return List.of(part);
    }

    private int hostOf(int number, int first) {
        int host = first;
        while (number >= before[host + 1]) {
            host++;
        }
        return host;
    }
}
