package org.xenfleet.host.realxen;

import static org.xenfleet.host.realxen.Boot.N2;
import static org.xenfleet.host.realxen.Boot.P;
import static org.xenfleet.host.realxen.Experiment.of;
import static org.xenfleet.host.realxen.Figure.RUN;
import static org.xenfleet.host.realxen.Figure.SHARE;
import static org.xenfleet.host.realxen.Figure.WAIT;
import static org.xenfleet.host.realxen.Guest.lateSpinner;
import static org.xenfleet.host.realxen.Guest.sleeper;
import static org.xenfleet.host.realxen.Guest.spinner;
import static org.xenfleet.host.realxen.Guest.yielder;
import static org.xenfleet.host.realxen.Phases.fitted;

import java.util.List;

/**
 * All experiments with credit2 of boots P and N2; there are no ticks and no accounting, and so no
 * phases. How the two sleepers of d6 stand to each other is fitted.
 */
final class Credit2Experiments {
    private static final Phases NONE = fitted(0, 0);
    private static final String UNPAUSE =
            "the recording begins before the unpause (the two shares add up to 0.850) and a1 ran alone for 230 ms; ours begins with a1";
    private static final String CLOCK =
            "that guest is busy until its clock has gone on by 20 ms, which it does while the guest waits, too; ours until it has had 20 ms";
    private static final String PASS =
            "d6b's timer, which interrupts it, costs a whole pass over the softirqs here, a few instructions there";
    private static final String STEP =
            "two busy pCPUs run in turn under -icount, which disturbs the real ones; ours, which nothing disturbs, fall into step. With two guests more"
                    + " that run for 50 and 100 µs now and then, the three have 0.66 each (credit2.cases)";

    static final List<Experiment> ALL = List.of(
            of(P, "a0_credit2_pool1_transient", NONE, spinner("a1"), lateSpinner("a2", 230_000))
                    .settled(0)
                    .without("a1", SHARE, UNPAUSE)
                    .without("a2", SHARE, UNPAUSE),
            of(P, "a_credit2_pool1_equal", NONE, spinner("a1"), spinner("a2")),
            of(P, "b_credit2_pool1_w256_512", NONE, spinner("a1"), spinner("a2", "cpu_weight = 512")),
            of(P, "b_credit2_pool1_w256_1024", NONE, spinner("a1"), spinner("a2", "cpu_weight = 1024")),
            of(P, "c_credit2_pool1_cap25_vs_nocap", NONE, spinner("a1"), spinner("a2", "cap = 25")),
            of(P, "c2_credit2_pool1_cap25_alone", NONE, spinner("a2", "cap = 25")),
            of(P, "c2_credit2_pool1_cap50_alone", NONE, spinner("a2", "cap = 50")),
            of(P, "d1_credit2_pool1_sleep_10000us_work100us", NONE, spinner("s"), sleeper("d1", 10_000, 100, 0)),
            of(P, "d2_credit2_pool1_sleep_10000us_work2000us", NONE, spinner("s"), sleeper("d2", 10_000, 2000, 0)),
            of(P, "d4_credit2_pool1_sleep_50000us_work20000us", NONE, spinner("s"), sleeper("d4", 50_000, 20_000, 0))
                    .without("s", SHARE, CLOCK)
                    .without("s", WAIT, CLOCK)
                    .without("d4", SHARE, CLOCK)
                    .without("d4", RUN, CLOCK)
                    .without("d4", WAIT, CLOCK),
            of(
                            P,
                            "d6_credit2_pool1_two_sleepers_one_spinner",
                            NONE,
                            spinner("s"),
                            sleeper("d6a", 10_000, 100, 0),
                            sleeper("d6b", 10_000, 3000, 73))
                    .without("d6a", RUN, PASS),
            of(P, "f_credit2_pool1_ratelimit0_sleep700us", NONE, spinner("s"), sleeper("f", 700, 50, 0))
                    .ratelimit(0),
            of(P, "f_credit2_pool1_ratelimit1000_sleep700us", NONE, spinner("s"), sleeper("f", 700, 50, 0)),
            of(P, "g_credit2_pool1_three_equal", NONE, spinner("s"), spinner("g2"), spinner("g3"))
                    .settled(1000),
            of(P, "y_credit2_pool1_yield_every2ms_vs_spinner", NONE, spinner("s"), yielder("y", 2000)),
            of(N2, "e_credit2_3float2", NONE, spinner("e1"), spinner("e2"), lateSpinner("e3", 20_130))
                    .without("e1", SHARE, STEP)
                    .without("e1", RUN, STEP)
                    .without("e1", WAIT, STEP)
                    .without("e2", SHARE, STEP)
                    .without("e2", RUN, STEP)
                    .without("e3", SHARE, STEP)
                    .without("e3", RUN, STEP)
                    .without("e3", WAIT, STEP),
            of(N2, "e4_credit2_2float2", NONE, spinner("e1"), spinner("e2")));

    private Credit2Experiments() {}
}
