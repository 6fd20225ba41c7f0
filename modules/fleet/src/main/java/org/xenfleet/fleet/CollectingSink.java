package org.xenfleet.fleet;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.xenfleet.observe.HostReport;
import org.xenfleet.results.ReportArchive;
import org.xenfleet.results.ReportList;

/**
 * Keeps the reports of a run, encoded as soon as they come, and makes sure that a placement neither forgets a host nor
 * reports one twice. Confined by the contract of {@link RunSink}.
 */
final class CollectingSink implements RunSink {
    private static final int NAMED = 3;

    private final RunListener listener;
    private final ReportArchive archive = new ReportArchive();
    private final SortedSet<String> awaited;
    private RunStats stats = RunStats.NONE;

    CollectingSink(List<HostInstance> hosts, RunListener listener) {
        this.listener = listener;
        this.awaited = hosts.stream().map(HostInstance::name).collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void hostDone(HostReport report) {
        if (!awaited.remove(report.name())) {
            throw new IllegalStateException("host " + report.name()
                    + (archive.contains(report.name()) ? " was reported twice" : " is not one of this run"));
        }
        archive.add(report);
        listener.hostDone(report);
    }

    @Override
    public void progress(Progress progress) {
        listener.progress(progress);
    }

    @Override
    public void ended(RunStats ofRun) {
        stats = ofRun;
    }

    RunStats stats() {
        return stats;
    }

    /** What has come so far. */
    ReportList reports() {
        return archive.reports();
    }

    /** @throws SimulationFailure if a host has not been reported */
    void checkComplete() throws SimulationFailure {
        if (!awaited.isEmpty()) {
            String names = awaited.stream().limit(NAMED).collect(Collectors.joining(", "));
            throw new SimulationFailure("The run ended without a report of " + awaited.size() + " of its hosts ("
                    + names + (awaited.size() > NAMED ? ", ..." : "") + ").");
        }
    }
}
