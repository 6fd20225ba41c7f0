package org.xenfleet.cluster;

/**
 * The name of an entity: a host of a run, or the conductor of some of its hosts. Both have the same shard of Cluster Sharding in
 * their names, so that they are on one node. Immutable.
 *
 * @param bundle the shard as Cluster Sharding knows it
 * @param shard id of the conductor's shard in the run
 * @param host number of the host, or -1 for the conductor
 */
record EntityName(ShardId bundle, String shard, int host) {
    private static final char OF_BUNDLE = '~';
    private static final char OF_HOST = '|';

    static EntityName conductor(ShardId bundle, String shard) {
        return new EntityName(bundle, shard, -1);
    }

    EntityName ofHost(int number) {
        return new EntityName(bundle, shard, number);
    }

    boolean isConductor() {
        return host < 0;
    }

    String run() {
        return bundle.run();
    }

    String text() {
        return bundle.toString() + OF_BUNDLE + shard + OF_HOST + (isConductor() ? "" : host);
    }

    /** @throws IllegalArgumentException if it is no such name */
    static EntityName parse(String text) {
        String bundle = shardIdOf(text);
        int host = text.lastIndexOf(OF_HOST);
        if (host <= bundle.length()) {
            throw new IllegalArgumentException("not the name of an entity: " + text);
        }
        String number = text.substring(host + 1);
        return new EntityName(
                ShardId.parse(bundle),
                text.substring(bundle.length() + 1, host),
                number.isEmpty() ? -1 : Integer.parseInt(number));
    }

    /** The shard that an entity's name has in it. */
    static String shardIdOf(String text) {
        int end = text.indexOf(OF_BUNDLE, text.indexOf(OF_BUNDLE) + 1);
        if (end < 0) {
            throw new IllegalArgumentException("not the name of an entity: " + text);
        }
        return text.substring(0, end);
    }
}
