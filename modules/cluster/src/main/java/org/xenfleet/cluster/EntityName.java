package org.xenfleet.cluster;

/**
 * The name of an entity: a host of a run, or the conductor of some of its hosts. Both have the same shard of Cluster Sharding in
 * their names, so that they are on one node. Immutable.
 *
 * @param bundle the shard as Cluster Sharding knows it
 * @param run id of the run, without {@code ~}
 * @param shard id of the conductor's shard in the run
 * @param host number of the host, or -1 for the conductor
 */
record EntityName(ShardId bundle, String run, String shard, int host) {
    private static final char SEPARATOR = '~';
    private static final char OF_HOST = '|';

    EntityName {
        if (run.isEmpty() || run.indexOf(SEPARATOR) >= 0) {
            throw new IllegalArgumentException("no run is '" + run + "'");
        }
    }

    EntityName ofHost(int number) {
        return new EntityName(bundle, run, shard, number);
    }

    boolean isConductor() {
        return host < 0;
    }

    String text() {
        return bundle.toString() + SEPARATOR + run + SEPARATOR + shard + OF_HOST + (isConductor() ? "" : host);
    }

    /** @throws IllegalArgumentException if it is no such name */
    static EntityName parse(String text) {
        String bundle = shardIdOf(text);
        int run = text.indexOf(SEPARATOR, bundle.length() + 1);
        int host = text.lastIndexOf(OF_HOST);
        if (run < 0 || host <= run) {
            throw new IllegalArgumentException("not the name of an entity: " + text);
        }
        String number = text.substring(host + 1);
        return new EntityName(
                ShardId.parse(bundle),
                text.substring(bundle.length() + 1, run),
                text.substring(run + 1, host),
                number.isEmpty() ? -1 : Integer.parseInt(number));
    }

    /** The shard that an entity's name has in it. */
    static String shardIdOf(String text) {
        int end = text.indexOf(SEPARATOR, text.indexOf(SEPARATOR) + 1);
        if (end < 0) {
            throw new IllegalArgumentException("not the name of an entity: " + text);
        }
        return text.substring(0, end);
    }
}
