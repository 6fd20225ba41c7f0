package org.xenfleet.host.realxen;

/**
 * A guest of an experiment: one vCPU that does one thing.
 *
 * @param name as in the measurements
 * @param kind what it does, for readers
 * @param workload what stands inside the braces of its workload
 * @param xl a further line of its xl file
 * @param spins whether it would never stop
 * @param periodUs of the grid on which it wakes; 0 for one that does not sleep
 * @param phaseUs where that grid stands, like {@link Phases}
 */
record Guest(String name, String kind, String workload, String xl, boolean spins, int periodUs, int phaseUs) {
    /** An endless loop. */
    static Guest spinner(String name) {
        return spinner(name, "");
    }

    static Guest spinner(String name, String xl) {
        return new Guest(name, "spins", "kind = cpu", xl, true, 0, 0);
    }

    /** An endless loop that begins {@code us} after the others'. */
    static Guest lateSpinner(String name, int us) {
        return new Guest(
                name,
                "spins from %s ms on".formatted(us / 1000.0),
                "kind = periodic, period = 1000s, burst = 1000s, phase = %dus".formatted(us),
                "",
                true,
                0,
                0);
    }

    /** Wakes on a fixed grid and is busy for {@code work}; in us. */
    static Guest sleeper(String name, int period, int work, int phase) {
        return new Guest(
                name,
                "busy %d µs every %d µs".formatted(work, period),
                "kind = periodic, period = %dus, burst = %dus".formatted(period, work),
                "",
                false,
                period,
                phase);
    }

    /** Busy for {@code work} us, then yields. */
    static Guest yielder(String name, int work) {
        return new Guest(
                name,
                "yields every %d µs".formatted(work),
                "kind = yield, burst = %dus".formatted(work),
                "",
                false,
                0,
                0);
    }

    boolean sleeps() {
        return periodUs > 0;
    }

    @Override
    public String toString() {
        return name + " " + kind + (xl.isEmpty() ? "" : " (" + xl + ")");
    }
}
