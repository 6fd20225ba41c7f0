package org.xenfleet.scenario;

import com.typesafe.config.ConfigObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xenfleet.xen.advisory.AdvisoryCatalogue;
import org.xenfleet.xen.operation.Operation;
import org.xenfleet.xen.operation.OperationCatalogue;
import org.xenfleet.xen.operation.OperationFile;

/** Reads the files that the key {@code operations} names: every thing that is wrong with one becomes a problem at its line. */
final class OperationFiles {
    private static final String KEY = "operations";

    private OperationFiles() {}

    /** What is shipped, and behind it what the files add. */
    static OperationCatalogue read(Section root, Sources sources) {
        OperationCatalogue catalogue = OperationCatalogue.shipped();
        List<String> paths = new ArrayList<>();
        for (String named : root.texts(KEY)) {
            try {
                Sources.Found found = sources.find(root.folder(KEY), named, "the operation file", root.place(KEY));
                paths.add(sources.folder().relativize(found.real()).toString().replace('\\', '/'));
                ConfigObject file = root.hocon().apart(found, root.place(KEY));
                Optional<Operation> operation = operation(root, file);
                if (operation.isPresent() && fits(root, found, catalogue, operation.get())) {
                    catalogue = catalogue.with(List.of(operation.get()));
                }
            } catch (Refused e) {
                Problem problem = e.problem();
                root.findings().problem(new Place(problem.file(), problem.line(), problem.column()), problem.message());
            }
        }
        root.rewrite(KEY, paths);
        return catalogue;
    }

    private static Optional<Operation> operation(Section root, ConfigObject file) {
        return OperationFile.read(
                file,
                (origin, path, message, found, near) -> root.findings()
                        .problem(
                                root.hocon().place(origin, path),
                                message + (found.isEmpty() ? "" : Suggest.word(found, near))));
    }

    private static boolean fits(Section root, Sources.Found found, OperationCatalogue catalogue, Operation operation) {
        List<String> known = AdvisoryCatalogue.shipped().ids();
        for (String advisory : operation.advisories()) {
            if (!known.contains(advisory)) {
                root.findings()
                        .problem(
                                Place.of(found.display()),
                                "without-fix = " + advisory
                                        + " is not in the catalogue of advisories, so that no host has" + " its fix"
                                        + Suggest.word(advisory, known));
                return false;
            }
        }
        Optional<String> problem = catalogue.problem(operation);
        problem.ifPresent(p -> root.findings().problem(Place.of(found.display()), p));
        return problem.isEmpty();
    }
}
