package org.xenfleet.fleet;

import java.io.IOException;
import java.util.Optional;

/** The pieces of a store whose names begin with a prefix, as a store of its own. Closing it leaves the store open. */
public record StoreSection(RunStore store, String prefix) implements RunStore {
    @Override
    public void put(String piece, byte[] bytes) throws IOException {
        store.put(prefix + piece, bytes);
    }

    @Override
    public Optional<byte[]> get(String piece) throws IOException {
        return store.get(prefix + piece);
    }

    @Override
    public void remove(String other) throws IOException {
        store.remove(prefix + other);
    }

    @Override
    public void close() {}
}
