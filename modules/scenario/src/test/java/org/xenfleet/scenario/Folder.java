package org.xenfleet.scenario;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** A scenario's folder in a test: a small valid scenario in parts, each of which a test may replace. */
final class Folder {
    static final String XL = "name = \"g\"\ntype = \"hvm\"\nmemory = 1024\nvcpus = 2\n";

    private final Path path;

    Folder(Path path) {
        this.path = path;
        file("xl/g.cfg", XL);
    }

    /** The first host of a scenario. */
    static HostSpec host(Scenario scenario) {
        return scenario.hosts().values().iterator().next();
    }

    Path path() {
        return path;
    }

    Folder file(String name, String text) {
        try {
            Path file = path.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A valid scenario in {@code s.conf}, with {@code more} after it; line 1 of {@code more} is line 6. */
    Folder scenario(String more) {
        return file("s.conf", """
                name = s, duration = 10s
                hosts.h { cpus = 8, memory = 16GiB
                  xen { version = "4.4.0" }
                  domains { g { xl = "xl/g.cfg" } } }
                pools.p.host = h
                """ + more);
    }

    LoadedScenario load(String... settings) throws ScenarioException {
        return ScenarioLoader.load(
                path.resolve("s.conf"), List.of(settings), OptionalLong.empty(), OptionalLong.empty());
    }

    List<Problem> problems(String... settings) {
        ScenarioException e = catchThrowableOfType(ScenarioException.class, () -> load(settings));
        if (e == null) {
            throw new AssertionError("the scenario was accepted");
        }
        return e.problems();
    }

    /** The only problem, without the folder before the file. */
    String problem(String... settings) {
        List<Problem> problems = problems(settings);
        if (problems.size() != 1) {
            throw new AssertionError("not one problem: " + problems);
        }
        return problems.get(0).toString().replace(path + "/", "");
    }

    List<String> notices(String... settings) throws ScenarioException {
        return load(settings).notices().stream()
                .map(n -> n.toString().replace(path + "/", ""))
                .toList();
    }
}
