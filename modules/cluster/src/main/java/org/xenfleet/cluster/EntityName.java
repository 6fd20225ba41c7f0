package org.xenfleet.cluster;

import org.xenfleet.fleet.conduct.HostShard;

/**
 * The name of an entity: a host of a run, or the conductor of a shard. Both of a shard have its id in their names, so that
 * they are on one node. Immutable.
 *
 * @param run id of the run
 * @param shard id of the shard in the run
 * @param host number of the host, or -1 for the conductor
 */
record EntityName(String run, String shard, int host) {
    private static final char OF_RUN = '~';
    private static final char OF_HOST = '|';

    static EntityName conductor(String run, String shard) {
        return new EntityName(run, shard, -1);
    }

    static EntityName host(String run, HostShard shard, int number) {
        return new EntityName(run, shard.id(), number);
    }

    boolean isConductor() {
        return host < 0;
    }

    /** The shard as Cluster Sharding knows it. */
    String shardId() {
        return run + OF_RUN + shard;
    }

    String text() {
        return shardId() + OF_HOST + (isConductor() ? "" : host);
    }

    /** @throws IllegalArgumentException if it is no such name */
    static EntityName parse(String text) {
        int run = text.indexOf(OF_RUN);
        int host = text.lastIndexOf(OF_HOST);
        if (run < 0 || host < run) {
            throw new IllegalArgumentException("not the name of an entity: " + text);
        }
        String number = text.substring(host + 1);
        return new EntityName(
                text.substring(0, run),
                text.substring(run + 1, host),
                number.isEmpty() ? -1 : Integer.parseInt(number));
    }

    /** The shard that an entity's name has in it. */
    static String shardIdOf(String text) {
        return text.substring(0, text.lastIndexOf(OF_HOST));
    }
}
