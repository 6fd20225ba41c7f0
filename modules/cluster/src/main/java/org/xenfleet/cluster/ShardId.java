package org.xenfleet.cluster;

/**
 * Names a shard of Cluster Sharding: {@code SLOT~INDEX}, such as {@code 7~0}. Its coordinator never forgets a shard, so there
 * are few names, and they come again: each run has those of one slot.
 *
 * @param slot of the run, from 0
 * @param index of this shard among those of its run, from 0
 */
record ShardId(int slot, int index) {
    private static final char OF_SLOT = '~';

    ShardId {
        if (slot < 0 || index < 0) {
            throw new IllegalArgumentException("no shard is " + slot + OF_SLOT + index);
        }
    }

    /** @throws IllegalArgumentException if the text is not what {@link #toString} makes */
    static ShardId parse(String text) {
        int tilde = text.indexOf(OF_SLOT);
        try {
            if (tilde > 0) {
                return new ShardId(
                        Integer.parseInt(text.substring(0, tilde)), Integer.parseInt(text.substring(tilde + 1)));
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no id of a shard, such as 7~0", e);
        }
        throw new IllegalArgumentException("'" + text + "' is no id of a shard, such as 7~0");
    }

    @Override
    public String toString() {
        return slot + "" + OF_SLOT + index;
    }
}
