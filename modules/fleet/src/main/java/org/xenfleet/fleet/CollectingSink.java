package org.xenfleet.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.xenfleet.observe.HostReport;

/**
 * Keeps the reports of a run, and makes sure that a placement neither forgets a host nor reports one twice. Confined by
 * the contract of {@link RunSink}.
 */
final class CollectingSink implements RunSink {
    private static final int NAMED = 3;

    private final RunListener listener;
    private final Map<String, HostReport> reports = new TreeMap<>();
    private final Map<String, HostInstance> awaited;
    private RunStats stats = RunStats.NONE;

    CollectingSink(List<HostInstance> hosts, RunListener listener) {
        this.listener = listener;
        this.awaited = hosts.stream()
                .collect(Collectors.toMap(HostInstance::name, host -> host, (first, second) -> first, TreeMap::new));
    }

    @Override
    public void hostDone(HostReport report) {
        if (awaited.remove(report.name()) == null) {
            throw new IllegalStateException("host " + report.name()
                    + (reports.containsKey(report.name()) ? " was reported twice" : " is not one of this run"));
        }
        reports.put(report.name(), report);
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

    /** By name. */
    List<HostReport> reports() {
        return new ArrayList<>(reports.values());
    }

    /** @throws SimulationFailure if a host has not been reported */
    void checkComplete() throws SimulationFailure {
        if (!awaited.isEmpty()) {
            String names = awaited.keySet().stream().limit(NAMED).collect(Collectors.joining(", "));
            throw new SimulationFailure("The run ended without a report of " + awaited.size() + " of its hosts ("
                    + names + (awaited.size() > NAMED ? ", ..." : "") + ").");
        }
    }
}
