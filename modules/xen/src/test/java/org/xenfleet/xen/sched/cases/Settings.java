package org.xenfleet.xen.sched.cases;

import org.xenfleet.xen.sched.CreditParameters;

/** What stands behind the bar of a scene: {@code tslice=10ms ratelimit=0 for=6s}. */
final class Settings {
    private static final long MS = 1_000_000L;
    private static final long US = 1000L;

    private long tslice = 30 * MS;
    private long ratelimit = -1;
    private long migration;
    private boolean oneIdler = true;
    private long accounting = -1;
    private long latency;
    private long from = 2000 * MS;
    private long to = 8000 * MS;

    void read(String text) {
        for (String setting : text.strip().split("\\s+", -1)) {
            String value = setting.substring(setting.indexOf('=') + 1);
            switch (setting.substring(0, setting.length() - value.length())) {
                case "tslice=" -> tslice = Quantities.time(value);
                case "ratelimit=" -> ratelimit = Quantities.time(value);
                case "migration=" -> migration = Quantities.time(value);
                case "tickle=" -> oneIdler = isOne(value);
                case "acct=" -> accounting = Quantities.time(value);
                case "latency=" -> latency = Quantities.time(value);
                case "from=" -> from = Quantities.time(value);
                case "to=" -> to = Quantities.time(value);
                default -> {
                    if (!setting.isEmpty()) {
                        throw new NotationException(
                                "settings are tslice, ratelimit, migration, tickle, acct, latency, from and to, not '"
                                        + setting + "'");
                    }
                }
            }
        }
        if (from >= to) {
            throw new NotationException("the window begins before it ends: from=" + from + " ns, to=" + to + " ns");
        }
    }

    private static boolean isOne(String value) {
        if (!value.equals("one") && !value.equals("all")) {
            throw new NotationException("tickle is one or all, not '" + value + "'");
        }
        return value.equals("one");
    }

    CreditParameters parameters() {
        long limit = ratelimit >= 0 ? ratelimit : Math.min(MS, tslice);
        return new CreditParameters((int) (tslice / MS), (int) (limit / US), (int) (migration / US), oneIdler);
    }

    /** Negative if it was not said. */
    long accounting() {
        return accounting;
    }

    long latency() {
        return latency;
    }

    long from() {
        return from;
    }

    long to() {
        return to;
    }
}
