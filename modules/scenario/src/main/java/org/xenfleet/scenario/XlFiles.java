package org.xenfleet.scenario;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.xenfleet.xlcfg.GuestConfig;
import org.xenfleet.xlcfg.ServiceKeys;
import org.xenfleet.xlcfg.XlConfigException;
import org.xenfleet.xlcfg.XlFile;
import org.xenfleet.xlcfg.XlNotice;
import org.xenfleet.xlcfg.XlParser;
import org.xenfleet.xlcfg.XlSyntaxException;

/** Reads the xl files of a scenario, each once. One thread. */
final class XlFiles {
    static final int MOST_BYTES = 1 << 20;

    /**
     * An xl file as a guest.
     *
     * @param path relative to the scenario's folder
     */
    record Xl(GuestConfig guest, ServiceKeys services, String path) {}

    private record Parsed(GuestConfig guest, ServiceKeys services) {}

    private final Sources sources;
    private final Map<Sources.Found, Optional<Parsed>> guests = new HashMap<>();

    XlFiles(Sources sources) {
        this.sources = sources;
    }

    /** The file that the key {@code xl} of a domain names; empty after a problem. */
    Optional<Xl> read(Section domain) {
        Optional<String> named = domain.optionalText("xl");
        if (named.isEmpty()) {
            return Optional.empty();
        }
        Place by = domain.place("xl");
        try {
            Sources.Found found = sources.find(domain.folder("xl"), named.get(), "the xl file", by);
            String path = sources.folder().relativize(found.real()).toString().replace('\\', '/');
            domain.rewrite("xl", path);
            Optional<Parsed> guest = guests.get(found);
            if (guest == null) {
                guest = parse(domain.findings(), found, sources.read(found, MOST_BYTES, by));
                guests.put(found, guest);
            }
            return guest.map(g -> new Xl(g.guest(), g.services(), path));
        } catch (Refused e) {
            domain.findings().problem(by, e.problem().message());
            return Optional.empty();
        }
    }

    private Optional<Parsed> parse(Findings findings, Sources.Found found, byte[] bytes) {
        String name = found.display();
        try {
            XlFile file = XlParser.parse(name, bytes);
            GuestConfig guest = GuestConfig.read(file);
            tell(findings, guest);
            return Optional.of(new Parsed(guest, ServiceKeys.read(file)));
        } catch (XlSyntaxException e) {
            findings.problem(new Place(name, e.line(), 0), withoutPrefix(String.valueOf(e.getMessage()), name));
        } catch (XlConfigException e) {
            report(findings, e);
        }
        return Optional.empty();
    }

    /** Every problem of an xl file, at its line. */
    static void report(Findings findings, XlConfigException e) {
        for (XlNotice problem : e.problems()) {
            findings.problem(new Place(e.fileName(), problem.line(), 0), problem.message());
        }
    }

    private void tell(Findings findings, GuestConfig guest) {
        if (guests.values().stream().noneMatch(Optional::isPresent)) {
            findings.notice(
                    sources.top().display(), "xl files are read as xl 4.17 reads them, whatever Xen the host has");
        }
        for (XlNotice warning : guest.warnings()) {
            findings.notice(new Place(guest.fileName(), warning.line(), 0).where(), warning.message());
        }
        if (!guest.notModelled().isEmpty()) {
            findings.notice(
                    guest.fileName(), "these settings are not modelled: " + String.join(", ", guest.notModelled()));
        }
    }

    private static String withoutPrefix(String message, String file) {
        return message.startsWith(file + ":")
                ? message.substring(file.length()).replaceFirst("^:[0-9]+: ", "")
                : message;
    }
}
