package org.xenfleet.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xenfleet.assess.CatalogueAssessment;
import org.xenfleet.assess.HostAssessment;
import org.xenfleet.assess.HostFacts;
import org.xenfleet.assess.ScenarioHosts;
import org.xenfleet.assess.Verdict;
import org.xenfleet.assess.Xsa89;
import org.xenfleet.report.AssessmentLines;
import org.xenfleet.report.AssessmentTable;
import org.xenfleet.report.CatalogueLines;
import org.xenfleet.report.CatalogueTable;
import org.xenfleet.results.OutputException;
import org.xenfleet.scenario.Notice;
import org.xenfleet.scenario.ScenarioException;
import org.xenfleet.scenario.ScenarioLoader;

/** Judges the hosts that files describe and says what it found. For one command. */
final class AssessAction {
    private final Streams streams;
    private final AssessCommand.Format format;
    private final boolean failsOnVulnerable;
    private final boolean quiet;
    private final boolean wholeCatalogue;
    private int badFiles;

    AssessAction(
            Streams streams,
            AssessCommand.Format format,
            boolean failsOnVulnerable,
            boolean quiet,
            boolean wholeCatalogue) {
        this.streams = streams;
        this.format = format;
        this.failsOnVulnerable = failsOnVulnerable;
        this.quiet = quiet;
        this.wholeCatalogue = wholeCatalogue;
    }

    /**
     * What can be read is judged, whatever else cannot.
     *
     * @param xlHost whose guests the files are; empty if they are scenarios
     * @return the exit code
     */
    int run(List<Path> files, Optional<XlHost> xlHost) throws OutputException {
        List<HostFacts> hosts = xlHost.isPresent() ? xl(files, xlHost.get()) : scenarios(files);
        if (badFiles > 0 && !hosts.isEmpty()) {
            streams.say("warning: " + badFiles + (badFiles == 1 ? " file was" : " files were")
                    + " not judged; what is said of the others is said without "
                    + (badFiles == 1 ? "it." : "them."));
        }
        boolean vulnerable = wholeCatalogue ? sayAll(hosts) : sayXsa89(hosts);
        if (badFiles > 0) {
            return Exit.BAD_INPUT;
        }
        return failsOnVulnerable && vulnerable ? Exit.NOT_MET : Exit.OK;
    }

    private List<HostFacts> xl(List<Path> files, XlHost host) {
        XlHost.Read read = host.read(files);
        read.errors().forEach(error -> streams.say("error: " + error));
        read.remarks().forEach(this::tell);
        badFiles = read.badFiles();
        return read.host().guests().isEmpty() ? List.of() : List.of(read.host());
    }

    private List<HostFacts> scenarios(List<Path> files) {
        List<HostFacts> hosts = new ArrayList<>();
        boolean mayBeXl = false;
        for (Path file : files) {
            try {
                ScenarioLoader.JudgedHosts loaded = ScenarioLoader.loadToJudge(file);
                loaded.notices().stream().map(Notice::toString).forEach(this::tell);
                hosts.addAll(ScenarioHosts.of(file.toString(), loaded.hosts()));
            } catch (ScenarioException e) {
                e.problems().forEach(problem -> streams.say("error: " + problem));
                mayBeXl |= !file.toString().endsWith(".conf");
                badFiles++;
            }
        }
        if (mayBeXl) {
            tell("a guest configuration of xl is judged with --xen RELEASE, which says what Xen its host has");
        }
        return hosts;
    }

    private void tell(String remark) {
        if (!quiet) {
            streams.say("info: " + remark);
        }
    }

    /** Whether any host is vulnerable. */
    private boolean sayXsa89(List<HostFacts> hosts) throws OutputException {
        List<HostAssessment> judged = hosts.stream().map(Xsa89::judge).toList();
        if (!judged.isEmpty()) {
            print(judged);
        }
        return judged.stream().anyMatch(host -> host.verdict() == Verdict.VULNERABLE);
    }

    /** Whether any host is vulnerable to any advisory. */
    private boolean sayAll(List<HostFacts> hosts) throws OutputException {
        List<CatalogueAssessment> judged =
                hosts.stream().map(CatalogueAssessment::judge).toList();
        if (!judged.isEmpty()) {
            printAll(judged);
        }
        return judged.stream().anyMatch(host -> host.has(Verdict.VULNERABLE));
    }

    private void printAll(List<CatalogueAssessment> judged) throws OutputException {
        StringBuilder text = new StringBuilder();
        switch (format) {
            case table ->
                text.append(CatalogueTable.of(
                        judged, streams.terminal().width(), streams.terminal().colour()));
            case json -> judged.forEach(host -> text.append(CatalogueLines.json(host)));
            case csv -> {
                text.append(CatalogueLines.csvHead());
                judged.forEach(host -> text.append(CatalogueLines.csv(host)));
            }
        }
        streams.print(text.toString());
    }

    private void print(List<HostAssessment> judged) throws OutputException {
        StringBuilder text = new StringBuilder();
        switch (format) {
            case table ->
                text.append(AssessmentTable.of(
                        judged, streams.terminal().width(), streams.terminal().colour()));
            case json -> judged.forEach(host -> text.append(AssessmentLines.json(host)));
            case csv -> {
                text.append(AssessmentLines.csvHead());
                judged.forEach(host -> text.append(AssessmentLines.csv(host)));
            }
        }
        streams.print(text.toString());
    }
}
