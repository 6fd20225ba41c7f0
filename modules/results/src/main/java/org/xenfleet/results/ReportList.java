package org.xenfleet.results;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import org.xenfleet.observe.HostReport;
import org.xenfleet.observe.HostReportCodec;

/**
 * The reports of many hosts, in the order of their names ({@link String#compareTo}), kept as bytes: a report takes one or
 * two KB instead of twenty or more. Every access decodes a report anew, which takes some ten microseconds and leaves
 * nothing behind, so go through the list once rather than ask twice. Immutable; any thread may read it.
 */
public final class ReportList extends AbstractList<HostReport> {
    private final String[] names;
    private final byte[][] encoded;

    /** Owns both arrays; {@code names} are in order and none comes twice. */
    ReportList(String[] names, byte[][] encoded) {
        this.names = names;
        this.encoded = encoded;
    }

    /**
     * Encodes reports that come in any order.
     *
     * @throws IllegalArgumentException if two of them are of one host
     */
    public static ReportList of(Collection<HostReport> reports) {
        if (reports instanceof ReportList list) {
            return list;
        }
        ReportArchive archive = new ReportArchive();
        for (HostReport report : reports) {
            if (!archive.add(report)) {
                throw new IllegalArgumentException("There are two reports of host " + report.name() + ".");
            }
        }
        return archive.reports();
    }

    @Override
    public int size() {
        return names.length;
    }

    @Override
    public HostReport get(int index) {
        return HostReportCodec.decode(encoded[index]);
    }

    /** The name of a host, without decoding. */
    public String name(int index) {
        return names[index];
    }

    /** The report of one host, if there is one. */
    public Optional<HostReport> named(String host) {
        int index = Arrays.binarySearch(names, host);
        return index < 0 ? Optional.empty() : Optional.of(get(index));
    }
}
