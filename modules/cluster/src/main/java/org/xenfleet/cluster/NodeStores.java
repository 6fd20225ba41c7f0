package org.xenfleet.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.xenfleet.cluster.RunWords.RunDescriptor;
import org.xenfleet.fleet.RunStore;
import org.xenfleet.fleet.store.RunStores;
import org.xenfleet.fleet.store.StoreLocation;

/**
 * Opens the stores of runs on a node. No message carries a password: each process has it from a file of its own.
 *
 * @param password a file with the password of shared stores
 */
record NodeStores(Optional<Path> password) {

    /** @throws IOException with a sentence if this node cannot use the store of the run */
    RunStore open(RunDescriptor run) throws IOException {
        StoreLocation place = StoreLocation.of(run.store());
        return RunStores.join(
                place.isShared() && password.isPresent() ? place.withPasswordFile(password.get()) : place,
                run.storeRun());
    }
}
