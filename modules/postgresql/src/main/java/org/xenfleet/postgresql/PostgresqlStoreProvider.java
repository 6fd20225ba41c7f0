package org.xenfleet.postgresql;

import java.io.IOException;
import java.time.Duration;
import org.xenfleet.fleet.RunStore;
import org.xenfleet.fleet.store.RunStoreProvider;
import org.xenfleet.fleet.store.StoreLocation;

/** Named in META-INF/services. */
public final class PostgresqlStoreProvider implements RunStoreProvider {
    /** A server that is started again is back sooner; a run that waits longer is not waiting for a restart. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Override
    public String scheme() {
        return "jdbc:postgresql:";
    }

    @Override
    public RunStore open(StoreLocation where, String run) throws IOException {
        return JdbcRunStore.open(where, run, System.getenv(), PATIENCE);
    }
}
