package org.xenfleet.scenario;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The block {@code channel} of a pool: its keys, and how it is read. Without the block the hosts of the pool meet nobody. */
final class ChannelReader {
    /** A message can be foretold for so long, which is what the simulation of its pool lives by. */
    private static final long LEAST_LATENCY = 1_000;

    private static final long HOUR = 3_600_000_000_000L;

    /** Everybody tells everybody. */
    private static final int MOST_HOSTS = 1024;

    private ChannelReader() {}

    /** The key of a pool. */
    static Key channel() {
        return Key.of(
                "channel",
                KeyType.BLOCK,
                "none",
                "The control network over which the hosts of a copy of the pool meet, at most " + MOST_HOSTS
                        + "; without it they meet nobody.");
    }

    static void put(Map<String, Map<String, Key>> all) {
        KeyTable.put(
                all,
                KeyTable.CHANNEL,
                Key.of("latency", KeyType.DURATION, "200us", "What a message takes at least.")
                        .range(LEAST_LATENCY, HOUR),
                Key.of("jitter", KeyType.DURATION, "0s", "What it takes longer at most, drawn evenly for each message.")
                        .range(0, HOUR),
                Key.of("loss", KeyType.FRACTION, "0", "How many of all messages are lost, drawn for each."),
                Key.of(
                        "heartbeat",
                        KeyType.BLOCK,
                        "none",
                        "What the hosts tell each other; nothing else uses the channel yet."));
        KeyTable.put(
                all,
                KeyTable.HEARTBEAT,
                Key.of(
                                "period",
                                KeyType.DURATION,
                                "1s",
                                "From one heartbeat of a host to the next. An agent on the last vCPU of dom0 wakes on this grid,"
                                        + " by the timer of that vCPU; points that pass before it is done are skipped.")
                        .range(1, 24 * HOUR),
                Key.of(
                                "phase",
                                KeyType.DURATION,
                                "random",
                                "Where the grid begins, less than `period`; `random` draws it for each host.")
                        .orWord("random"),
                Key.of(
                                "burst",
                                KeyType.DURATION,
                                "50us",
                                "CPU time of the agent from when it wakes until it has read what came, judged whom it has lost,"
                                        + " and sent one message to each other host; at most `period`.")
                        .from(1),
                Key.of(
                                "timeout",
                                KeyType.DURATION,
                                "5s",
                                "A host of which the agent has heard nothing for so long counts as lost; at least `period`.")
                        .range(1, 24 * HOUR));
    }

    /** {@code count} is how many hosts a copy of the pool has. */
    static Optional<ChannelSpec> read(Section pool, int count) {
        if (!pool.has("channel")) {
            return Optional.empty();
        }
        Section channel = Blocks.child(pool, "channel", KeyTable.CHANNEL);
        long latency = channel.number("latency");
        long jitter = channel.number("jitter");
        long loss = channel.number("loss");
        Optional<HeartbeatSpec> heartbeat = Optional.empty();
        if (channel.has("heartbeat")) {
            heartbeat = Optional.of(heartbeat(Blocks.child(channel, "heartbeat", KeyTable.HEARTBEAT)));
        } else {
            pool.notice("channel", "has no heartbeat; nothing uses it");
        }
        if (count > MOST_HOSTS) {
            pool.problem(
                    "count",
                    "= " + count + " is more than the " + MOST_HOSTS
                            + " hosts that a channel joins; make it smaller and copies larger");
        } else if (count == 1 && pool.sound("count")) {
            pool.notice("channel", "joins nobody: a copy of the pool has one host");
        }
        return Optional.of(new ChannelSpec(latency, jitter, loss, heartbeat));
    }

    private static HeartbeatSpec heartbeat(Section section) {
        long period = section.number("period");
        OptionalLong phase = section.orWord("phase");
        long burst = section.number("burst");
        long timeout = section.number("timeout");
        if (section.sound("period", "phase") && phase.isPresent() && phase.getAsLong() >= period) {
            section.problem("phase", "= " + text(phase.getAsLong()) + " must be less than the period, " + text(period));
        }
        if (section.sound("period", "burst") && burst > period) {
            section.problem("burst", "= " + text(burst) + " is longer than the period, " + text(period));
        }
        if (section.sound("period", "timeout") && timeout < period) {
            section.problem(
                    "timeout",
                    "= " + text(timeout) + " is shorter than the period, " + text(period)
                            + ": everybody would be lost between two heartbeats");
        }
        return new HeartbeatSpec(period, phase, burst, timeout);
    }

    private static String text(long ns) {
        return Quantity.text(KeyType.DURATION, ns);
    }
}
