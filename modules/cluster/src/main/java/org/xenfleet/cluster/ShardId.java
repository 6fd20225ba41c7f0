package org.xenfleet.cluster;

/**
 * Names a shard of Cluster Sharding, and says how many hosts are in it: {@code RUN~INDEXxHOSTS}, such as {@code 7f3a~0x208}.
 *
 * @param run which run, without {@code ~}
 * @param index of this shard among those of its run, from 0
 * @param hosts in the shard, at least 1
 */
public record ShardId(String run, int index, int hosts) {
    private static final char OF_RUN = '~';

    public ShardId {
        if (run.isEmpty() || run.indexOf(OF_RUN) >= 0 || index < 0 || hosts < 1) {
            throw new IllegalArgumentException("no shard is " + run + "~" + index + "x" + hosts);
        }
    }

    /** @throws IllegalArgumentException if the text is not what {@link #toString} makes */
    public static ShardId parse(String text) {
        int tilde = text.indexOf(OF_RUN);
        int times = text.indexOf('x', tilde + 1);
        if (tilde < 0 || times < 0) {
            throw new IllegalArgumentException("'" + text + "' is no id of a shard, such as run~0x16");
        }
        try {
            return new ShardId(
                    text.substring(0, tilde),
                    Integer.parseInt(text.substring(tilde + 1, times)),
                    Integer.parseInt(text.substring(times + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no id of a shard, such as run~0x16", e);
        }
    }

    @Override
    public String toString() {
        return run + OF_RUN + index + "x" + hosts;
    }
}
