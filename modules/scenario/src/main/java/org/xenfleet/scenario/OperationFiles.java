package org.xenfleet.scenario;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.xenfleet.xen.advisory.AdvisoryCatalogue;
import org.xenfleet.xen.operation.Operation;
import org.xenfleet.xen.operation.OperationCatalogue;
import org.xenfleet.xen.operation.OperationFile;

/** Reads the files that the key {@code operations} names: every thing that is wrong with one becomes a problem at its line. */
final class OperationFiles {
    private static final String KEY = "operations";
    private static final String FIX = "without-fix";

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
                if (operation.isPresent() && fits(root, found, file, catalogue, operation.get())) {
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

    private static boolean fits(
            Section root, Sources.Found found, ConfigObject file, OperationCatalogue catalogue, Operation operation) {
        List<String> known = AdvisoryCatalogue.shipped().ids();
        for (String advisory : operation.advisories()) {
            if (!known.contains(advisory)) {
                root.findings()
                        .problem(
                                fix(root, file, advisory).orElse(Place.of(found.display())),
                                FIX + " = " + advisory
                                        + " is not in the catalogue of advisories, so that no host has" + " its fix"
                                        + Suggest.word(advisory, known));
                return false;
            }
        }
        Optional<OperationCatalogue.Misfit> misfit = catalogue.misfit(operation);
        misfit.ifPresent(m -> root.findings().problem(at(root, file, m.path()), m.message()));
        return misfit.isEmpty();
    }

    private static Place at(Section root, ConfigObject file, List<String> path) {
        ConfigValue value = file;
        for (String key : path) {
            value = value instanceof ConfigObject object && object.containsKey(key) ? object.get(key) : value;
        }
        return root.hocon().place(value.origin(), path);
    }

    /** Where the fix of that advisory is named first. */
    private static Optional<Place> fix(Section root, ConfigValue value, String advisory) {
        if (value instanceof ConfigObject object) {
            ConfigValue named = object.get(FIX);
            if (named != null && named.unwrapped().equals(advisory)) {
                return Optional.of(root.hocon().place(named.origin(), List.of(FIX)));
            }
            return object.values().stream()
                    .flatMap(inner -> fix(root, inner, advisory).stream())
                    .min(Comparator.comparingInt(Place::line));
        }
        if (value instanceof ConfigList list) {
            return list.stream()
                    .flatMap(inner -> fix(root, inner, advisory).stream())
                    .findFirst();
        }
        return Optional.empty();
    }
}
