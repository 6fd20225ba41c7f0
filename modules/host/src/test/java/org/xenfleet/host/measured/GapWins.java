package org.xenfleet.host.measured;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.xenfleet.host.measured.LockTakers.Competitor;
import org.xenfleet.host.measured.LockTakers.Seen;

/**
 * What {@code costs.p2m-gap-win} decides for get_mem_access on 4.4.1, boot "other", where the competitor begins 1 ms after the call.
 * Between two slices the lock is free for 1.2 us here, the walk's way out of Xen and back in; between two calls of the
 * competitor for 0.2 us.
 */
final class GapWins {
    static final List<String> VALUES = List.of("50ns", "200ns", "300ns", "1us", "2us", "3us", "10us");

    /** @param seen call NaN when it does not return while the competitor goes on */
    record Outcome(String value, Seen seen) {}

    /** How long a run is, for the page. */
    static final String END_SHARE = "1.1 times its length";

    private GapWins() {}

    static List<Outcome> all(Path folder, Results results) {
        double call = results.number("4.4.1", "other", "competitor getaccess", "duration") / 1000;
        LockTakers takers = new LockTakers(folder);
        List<Outcome> outcomes = new ArrayList<>();
        for (String value : VALUES) {
            outcomes.add(new Outcome(
                    value, takers.run("4.4.1", Competitor.GETACCESS, call, 1, "costs.p2m-gap-win=" + value)));
        }
        return outcomes;
    }
}
