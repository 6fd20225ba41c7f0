package org.xenfleet.xen.operation;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A file in the format of the catalogue that is not shipped with it. Stateless; any thread may use it. */
public final class OperationFile {
    /** Hears what is wrong with a file, every thing once. */
    public interface Faults {
        /**
         * @param origin where it stands, as the parser of the file noted it
         * @param path the keys from the top of the file to there
         * @param message what was found and what would be right, without a full stop
         * @param found a word that may be a misspelt one of {@code near}; empty if it is none
         */
        void found(ConfigOrigin origin, List<String> path, String message, String found, Collection<String> near);
    }

    private OperationFile() {}

    /**
     * Reads a file that is parsed and resolved.
     *
     * @return empty if anything is wrong, which {@code faults} has heard then
     */
    public static Optional<Operation> read(ConfigObject file, Faults faults) {
        return OperationReader.read(file, faults::found);
    }
}
