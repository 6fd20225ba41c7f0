package org.xenfleet.fleet;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A store that lasts as long as its process. */
public final class MemoryStore implements RunStore {
    private final Map<String, byte[]> pieces = new ConcurrentHashMap<>();

    @Override
    public void put(String piece, byte[] bytes) {
        pieces.put(piece, bytes.clone());
    }

    @Override
    public Optional<byte[]> get(String piece) {
        return Optional.ofNullable(pieces.get(piece)).map(byte[]::clone);
    }

    @Override
    public void remove(String prefix) {
        pieces.keySet().removeIf(name -> name.startsWith(prefix));
    }

    @Override
    public void close() {}
}
