package org.xenfleet.cluster;

/**
 * Names a shard, and says how many hosts are in it: {@code RUN~POOL#INDEXxHOSTS}, such as {@code 7f3a~pool-a#0x16}.
 *
 * @param run which run, without {@code ~}
 * @param pool name of the pool
 * @param index of this shard among those of its pool, from 0
 * @param hosts in the shard, at least 1
 */
public record ShardId(String run, String pool, int index, int hosts) {

    public ShardId {
        if (run.isEmpty() || run.contains("~") || pool.isEmpty() || index < 0 || hosts < 1) {
            throw new IllegalArgumentException("no shard is " + run + "~" + pool + "#" + index + "x" + hosts);
        }
    }

    /** @throws IllegalArgumentException if the text is not what {@link #toString} makes */
    public static ShardId parse(String text) {
        int tilde = text.indexOf('~');
        int hash = text.lastIndexOf('#');
        int times = text.indexOf('x', hash + 1);
        if (tilde < 0 || hash < tilde || times < 0) {
            throw new IllegalArgumentException("'" + text + "' is no id of a shard, such as run~pool-a#0x16");
        }
        try {
            return new ShardId(
                    text.substring(0, tilde),
                    text.substring(tilde + 1, hash),
                    Integer.parseInt(text.substring(hash + 1, times)),
                    Integer.parseInt(text.substring(times + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no id of a shard, such as run~pool-a#0x16", e);
        }
    }

    @Override
    public String toString() {
        return run + "~" + pool + "#" + index + "x" + hosts;
    }
}
