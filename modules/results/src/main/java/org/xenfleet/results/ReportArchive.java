package org.xenfleet.results;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.xenfleet.observe.HostReport;
import org.xenfleet.observe.HostReportCodec;
import org.xenfleet.observe.ReportFormatException;

/**
 * Collects the reports of a run's hosts as bytes while they come, in any order. One thread at a time.
 *
 * <p>A host may be reported again by somebody who simulated it again; it must then have come to the same.
 */
public final class ReportArchive {
    private final SortedMap<String, byte[]> byName = new TreeMap<>();

    /**
     * Keeps a report, unless it is here already.
     *
     * @return whether it is new
     * @throws IllegalStateException if the host was reported before, and differently
     */
    public boolean add(HostReport report) {
        return keep(report.name(), HostReportCodec.encode(report));
    }

    /**
     * Keeps a report that comes encoded, as above. The bytes become the archive's.
     *
     * @throws ReportFormatException if they are no report
     */
    public boolean addEncoded(byte[] encoded) {
        return keep(HostReportCodec.decode(encoded).name(), encoded);
    }

    private boolean keep(String name, byte[] encoded) {
        byte[] before = byName.putIfAbsent(name, encoded);
        if (before != null && !isSame(before, encoded)) {
            throw new IllegalStateException("Host " + name + " was reported twice, and the two reports differ.");
        }
        return before == null;
    }

    /** Two machines may deflate one report differently. */
    private static boolean isSame(byte[] one, byte[] other) {
        return Arrays.equals(one, other) || HostReportCodec.decode(one).equals(HostReportCodec.decode(other));
    }

    public boolean contains(String host) {
        return byName.containsKey(host);
    }

    public int size() {
        return byName.size();
    }

    /** What is here now; what comes later does not change it. */
    public ReportList reports() {
        return new ReportList(
                byName.keySet().toArray(new String[0]), byName.values().toArray(new byte[0][]));
    }
}
