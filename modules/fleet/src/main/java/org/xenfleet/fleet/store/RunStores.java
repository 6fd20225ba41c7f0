package org.xenfleet.fleet.store;

import java.io.IOException;
import java.util.ServiceLoader;
import org.xenfleet.fleet.RunStore;

/** Opens the store that the user named. */
public final class RunStores {

    private RunStores() {}

    /**
     * The store for who starts or resumes a run; what it needs is made where it is not there yet.
     *
     * @param run a name as of a piece, not used by another run of the same store
     * @throws StoreRefused if the user has to change something first
     */
    public static RunStore open(StoreLocation where, String run) throws IOException {
        return where.isShared() ? provided(where, run) : FileRunStore.open(where.folder(), run);
    }

    /**
     * The store for a process that helps with a run which somebody else has started.
     *
     * @throws StoreRefused if the user has to change something first; so where a node on another machine was given a folder
     */
    public static RunStore join(StoreLocation where, String run) throws IOException {
        return where.isShared() ? provided(where, run) : FileRunStore.join(where.folder(), run);
    }

    /** A place without secrets, for messages, logs and files; whatever the user wrote. */
    public static String redacted(String location) {
        return JdbcUrl.of(location).toString();
    }

    private static RunStore provided(StoreLocation where, String run) throws IOException {
        Pieces.checkName(run);
        String url = where.url().base();
        for (RunStoreProvider provider :
                ServiceLoader.load(RunStoreProvider.class, RunStoreProvider.class.getClassLoader())) {
            if (url.startsWith(provider.scheme())) {
                return provider.open(where, run);
            }
        }
        throw new StoreRefused("Nothing on the class path knows how to use " + where
                + "; the module postgresql and its libraries are missing.");
    }
}
