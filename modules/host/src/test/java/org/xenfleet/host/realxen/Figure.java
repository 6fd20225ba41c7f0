package org.xenfleet.host.realxen;

import java.util.Locale;

/** What is compared of a guest, and when two are the same. */
enum Figure {
    SHARE("share of the pCPU") {
        @Override
        boolean applies(Experiment experiment, String guest, Figures real) {
            return true;
        }

        @Override
        boolean agree(Experiment experiment, Figures real, Figures ours) {
            return Math.abs(real.share() - ours.share()) <= SHARE_TOLERANCE;
        }

        @Override
        String text(Experiment experiment, Figures figures) {
            return String.format(Locale.ROOT, "%.3f", figures.share());
        }
    },
    /** Where only slices, accounting and dom0's wake-ups end runs; min, median, 99th percentile and max. */
    RUN_SET("run lengths, ms") {
        @Override
        boolean applies(Experiment experiment, String guest, Figures real) {
            return experiment.isSpinner(guest) && !experiment.hasSleepers() && !experiment.isCredit2();
        }

        @Override
        boolean agree(Experiment experiment, Figures real, Figures ours) {
            return ours.runs() > 0 && real.runSet(experiment.sliceMs()).equals(ours.runSet(experiment.sliceMs()));
        }

        @Override
        String text(Experiment experiment, Figures figures) {
            return figures.runSet(experiment.sliceMs()).toString().replaceAll("[\\[\\]]", "");
        }
    },
    RUN("median run, ms") {
        @Override
        boolean applies(Experiment experiment, String guest, Figures real) {
            return !guest.equals(Measurements.DOM0);
        }

        @Override
        boolean agree(Experiment experiment, Figures real, Figures ours) {
            return isClose(real.run(), ours.run());
        }

        @Override
        String text(Experiment experiment, Figures figures) {
            return ms(figures.run());
        }
    },
    WAIT("median wait, ms") {
        @Override
        boolean applies(Experiment experiment, String guest, Figures real) {
            return !Double.isNaN(real.waited());
        }

        @Override
        boolean agree(Experiment experiment, Figures real, Figures ours) {
            return isClose(real.waited(), ours.waited());
        }

        @Override
        String text(Experiment experiment, Figures figures) {
            return ms(figures.waited());
        }
    },
    WAKE("wake-up") {
        @Override
        boolean applies(Experiment experiment, String guest, Figures real) {
            return !Double.isNaN(real.wake());
        }

        @Override
        boolean agree(Experiment experiment, Figures real, Figures ours) {
            return !Double.isNaN(ours.wake()) && isBoosted(real) == isBoosted(ours);
        }

        @Override
        String text(Experiment experiment, Figures figures) {
            return Double.isNaN(figures.wake()) ? "–" : isBoosted(figures) ? "at once" : "waits";
        }
    };

    private static final double SHARE_TOLERANCE = 0.02;
    private static final double RELATIVE = 0.02;
    /** From a wake-up to running are 8.8 us of instructions there, of which the trace's own records are a good half. */
    private static final double PATH_US = 10;
    /** A boosted vCPU runs after one pass through the scheduler, any other after a part of somebody's slice. */
    private static final double BOOSTED_US = 100;

    final String title;

    Figure(String title) {
        this.title = title;
    }

    /** Whether it is compared at all for this guest, unless the experiment excludes it. */
    abstract boolean applies(Experiment experiment, String guest, Figures real);

    abstract boolean agree(Experiment experiment, Figures real, Figures ours);

    abstract String text(Experiment experiment, Figures figures);

    private static boolean isClose(double real, double ours) {
        return Math.abs(real - ours) <= Math.max(RELATIVE * real, PATH_US);
    }

    private static boolean isBoosted(Figures figures) {
        return figures.wake() < BOOSTED_US;
    }

    private static String ms(double us) {
        return Double.isNaN(us) ? "–" : String.format(Locale.ROOT, "%.3f", us / 1000);
    }
}
