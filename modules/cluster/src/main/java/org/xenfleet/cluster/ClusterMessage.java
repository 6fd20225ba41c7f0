package org.xenfleet.cluster;

/**
 * Marks what may leave the process: a record of values, or an enum. Everything so marked is written by
 * {@link org.xenfleet.cluster.wire.KryoSerializer} and needs a fixed id of its own in
 * {@code pekko-kryo-serialization.mappings}; so does every record and enum inside it.
 */
public interface ClusterMessage {}
