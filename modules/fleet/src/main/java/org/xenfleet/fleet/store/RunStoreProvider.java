package org.xenfleet.fleet.store;

import java.io.IOException;
import org.xenfleet.fleet.RunStore;

/**
 * Brings a kind of shared store, so that this module needs none of its libraries. Found by {@link java.util.ServiceLoader}; the
 * class is loaded only when somebody names a URL.
 */
public interface RunStoreProvider {

    /** How the URLs of this kind begin, such as {@code jdbc:postgresql:}. */
    String scheme();

    /**
     * Opens the store and makes what it needs there.
     *
     * @param run a name as of a piece; runs of different names share nothing
     * @throws StoreRefused if asking again would not help
     */
    RunStore open(StoreLocation where, String run) throws IOException;
}
