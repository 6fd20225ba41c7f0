package org.xenfleet.host.realxen;

import static org.xenfleet.host.realxen.Boot.A;
import static org.xenfleet.host.realxen.Boot.K;
import static org.xenfleet.host.realxen.Boot.N2;
import static org.xenfleet.host.realxen.Boot.P;
import static org.xenfleet.host.realxen.Experiment.of;
import static org.xenfleet.host.realxen.Figure.RUN;
import static org.xenfleet.host.realxen.Figure.RUN_SET;
import static org.xenfleet.host.realxen.Figure.SHARE;
import static org.xenfleet.host.realxen.Figure.WAIT;
import static org.xenfleet.host.realxen.Guest.lateSpinner;
import static org.xenfleet.host.realxen.Guest.sleeper;
import static org.xenfleet.host.realxen.Guest.spinner;
import static org.xenfleet.host.realxen.Guest.yielder;
import static org.xenfleet.host.realxen.Phases.fitted;
import static org.xenfleet.host.realxen.Phases.recorded;
import static org.xenfleet.host.realxen.Phases.tickRecorded;

import java.util.List;

/** All experiments with the credit scheduler of boots P, A, N2 and K. */
final class Experiments {
    private static final String UNPAUSE =
            "the recording begins before the unpause (the two shares add up to 0.852) and a1 ran alone for 150 ms; ours begins with both";
    private static final String CREDIT =
            "after 47 of the 66 parkings a1 still had credit, so that a2 waited for the end of a1's slice; the credit that a1 brought"
                    + " from before a2's cap was set is not known. After the other 19, as in ours, a2 ran at once";
    private static final String TAIL =
            "two busy pCPUs run in turn under -icount, so one slice in ten was late and tails are not to be used";
    private static final String LINUX =
            "dom0 and the guests share the pCPU: each of its wake-ups cuts a run and begins a new slice, and when they came is not part of our scenario";
    private static final String ARRIVAL =
            "dom0's wake-ups at random instants are events from outside here, which pass through the scheduler once, not twice";

    /**
     * In g and t a spinner that had run for long met new ones, so these begin to be compared after 1 s, not 4; and the second
     * of t begins after the first, when is fitted. In e the third shifts the slices of one pCPU against the other's by the
     * 20.13 ms that the trace shows.
     */
    static final List<Experiment> ALL = List.of(
            of(P, "a0_credit_pool1_transient", fitted(1000, 4500), spinner("a1"), spinner("a2"))
                    .settled(0)
                    .without("a1", SHARE, UNPAUSE)
                    .without("a2", SHARE, UNPAUSE)
                    .without("a1", RUN_SET, UNPAUSE),
            of(P, "a_credit_pool1_equal", tickRecorded(7660, 13_500), spinner("a1"), spinner("a2")),
            of(P, "b_credit_pool1_w256_512", fitted(1000, 4500), spinner("a1"), spinner("a2", "cpu_weight = 512")),
            of(P, "b_credit_pool1_w256_1024", fitted(3000, 16_500), spinner("a1"), spinner("a2", "cpu_weight = 1024")),
            of(P, "c_credit_pool1_cap25_vs_nocap", fitted(1000, 13_500), spinner("a1"), spinner("a2", "cap = 25"))
                    .without("a2", WAIT, CREDIT),
            of(P, "c2_credit_pool1_cap25_alone", recorded(6005, 0), spinner("a2", "cap = 25")),
            of(P, "c2_credit_pool1_cap50_alone", fitted(1000, 4500), spinner("a2", "cap = 50")),
            of(
                    P,
                    "d1_credit_pool1_sleep_10000us_work100us",
                    fitted(5000, 4500),
                    spinner("s"),
                    sleeper("d1", 10_000, 100, 0)),
            of(
                    P,
                    "d2_credit_pool1_sleep_10000us_work2000us",
                    recorded(4180, 5016),
                    spinner("s"),
                    sleeper("d2", 10_000, 2000, 0)),
            of(
                    P,
                    "d4_credit_pool1_sleep_50000us_work20000us",
                    fitted(5000, 4500),
                    spinner("s"),
                    sleeper("d4", 50_000, 20_000, 0)),
            of(
                    P,
                    "d6_credit_pool1_two_sleepers_one_spinner",
                    fitted(9000, 4500),
                    spinner("s"),
                    sleeper("d6a", 10_000, 100, 0),
                    sleeper("d6b", 10_000, 3000, 123)),
            of(P, "f_credit_pool1_ratelimit0_sleep700us", fitted(5000, 4500), spinner("s"), sleeper("f", 700, 50, 0))
                    .ratelimit(0),
            of(
                    P,
                    "f_credit_pool1_ratelimit1000_sleep700us",
                    fitted(5000, 4500),
                    spinner("s"),
                    sleeper("f", 700, 50, 0)),
            of(P, "g_credit_pool1_three_equal", fitted(1000, 4500), spinner("s"), spinner("g2"), spinner("g3"))
                    .settled(1000),
            of(P, "t_credit_pool1_tslice10ms_equal", fitted(333, 4500), spinner("s"), lateSpinner("t2", 506_000))
                    .slice(10)
                    .settled(1000),
            of(P, "y_credit_pool1_yield_every2ms_vs_spinner", fitted(5000, 4500), spinner("s"), yielder("y", 2000)),
            of(A, "a_credit_equal", fitted(5000, 4500), spinner("a1"), spinner("a2")),
            of(A, "b_credit_w256_512", recorded(5630, 326), spinner("a1"), spinner("a2", "cpu_weight = 512")),
            of(A, "b2_credit_w256_1024", fitted(3000, 3000), spinner("a1"), spinner("a2", "cpu_weight = 1024")),
            of(A, "c2_credit_cap25_alone", fitted(1000, 4500), spinner("a2", "cap = 25")),
            of(A, "g_credit_three_equal_one_pcpu", fitted(5000, 4500), spinner("s"), spinner("g2"), spinner("g3")),
            of(N2, "e_credit_3float2", fitted(8500, 23_250), spinner("e1"), spinner("e2"), lateSpinner("e3", 20_130))
                    .without("e1", RUN_SET, TAIL)
                    .without("e2", RUN_SET, TAIL)
                    .without("e3", RUN_SET, TAIL),
            of(N2, "e4_credit_2float2", fitted(5000, 4500), spinner("e1"), spinner("e2")),
            of(K, "k1_credit_two_linux_pv_spin", fitted(1000, 4500), spinner("l1"), spinner("l2"))
                    .without("l1", RUN_SET, LINUX)
                    .without("l1", RUN, LINUX)
                    .without("l2", RUN, LINUX)
                    .without("l1", WAIT, LINUX)
                    .without("l2", WAIT, LINUX)
                    .without("Domain-0", WAIT, ARRIVAL));

    private Experiments() {}
}
