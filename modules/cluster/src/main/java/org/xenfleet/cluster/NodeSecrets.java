package org.xenfleet.cluster;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.xenfleet.fleet.store.StoreLocation;
import org.xenfleet.fleet.store.StoreRefused;

/** The password of stores, which no message carries: each process has it from a file of its own. */
final class NodeSecrets {
    private static final AtomicReference<Optional<Path>> PASSWORD = new AtomicReference<>(Optional.empty());

    private NodeSecrets() {}

    static void use(Optional<Path> passwordFile) {
        PASSWORD.set(passwordFile);
    }

    static StoreLocation open(String place) throws StoreRefused {
        StoreLocation location = StoreLocation.of(place);
        Optional<Path> file = PASSWORD.get();
        return location.isShared() && file.isPresent() ? location.withPasswordFile(file.get()) : location;
    }
}
