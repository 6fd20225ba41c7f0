package org.xenfleet.xen.p2m;

import java.util.List;
import org.xenfleet.xen.Costs;

/**
 * The iterations of a call, as stretches that cost the same: over p2m entries, or over anything else, one page an
 * iteration. Immutable.
 *
 * @param first gfn of the first entry; 0 where the call has nothing to do with gfns
 * @param pages iterations until the end or the failure
 * @param unit what each costs by itself, in ns, without flushes and tables
 * @param exhausted whether it ends early, because the next entry could not get its table
 * @param flushAtEnd one flush comes after the last entry if any was present, not one after each that was
 */
public record RangeWork(
        long first, long pages, List<Segment> segments, long unit, boolean exhausted, boolean flushAtEnd) {
    /** No work takes longer, so that the end of one that never comes is an instant too: 36 years. */
    private static final long MOST_NS = 1L << 60;

    static RangeWork of(long first, List<Segment> segments, long unit, boolean exhausted) {
        long pages = segments.stream().mapToLong(Segment::pages).sum();
        return new RangeWork(first, pages, List.copyOf(segments), unit, exhausted, false);
    }

    /** Iterations that touch no p2m; of a work without end as many as fit into {@link #MOST_NS}. */
    public static RangeWork even(long pages, long unit) {
        long fitting = Math.min(pages, MOST_NS / Math.max(1, unit));
        Segment all = new Segment(0, fitting, false, false, false);
        return new RangeWork(0, fitting, List.of(all), unit, false, false);
    }

    /** The same, over after its first {@code count} entries. */
    public RangeWork endingAfter(long count) {
        return count >= pages ? this : even(count, unit);
    }

    /** Whether it touches no p2m. */
    private boolean isEven() {
        return segments.size() == 1
                && first == 0
                && !segments.get(0).present()
                && !segments.get(0).needsTables();
    }

    /** The same with its flushes put off to one at the end. */
    public RangeWork flushingAtEnd() {
        return new RangeWork(first, pages, segments, unit, exhausted, true);
    }

    /** The same at another cost of each iteration. */
    RangeWork withUnit(long newUnit) {
        if (isEven() && pages > MOST_NS / Math.max(1, newUnit)) {
            return even(pages, newUnit);
        }
        return new RangeWork(first, pages, segments, newUnit, exhausted, flushAtEnd);
    }

    /**
     * Entries that are alike.
     *
     * @param present the old leaf is present: a rewrite flushes
     * @param needsTables the blocks have no table yet: the first entry of each gets one
     * @param opensBlock the first entry begins its block for this walk, even in the middle of the block
     */
    public record Segment(long gfn, long pages, boolean present, boolean needsTables, boolean opensBlock) {

        /** Tables allocated in the whole stretch. */
        long tables() {
            return tablesIn(pages);
        }

        /** Tables allocated among its first {@code count} entries. */
        long tablesIn(long count) {
            if (!needsTables || count == 0) {
                return 0;
            }
            long boundaries = Math.floorDiv(gfn + count - 1, P2m.PAGES_PER_TABLE)
                    - Math.floorDiv(gfn - 1, (long) P2m.PAGES_PER_TABLE);
            boolean extra = opensBlock && gfn % P2m.PAGES_PER_TABLE != 0;
            return boundaries + (extra ? 1 : 0);
        }

        /** The longest beginning of the stretch that allocates at most {@code tables} tables. */
        Segment withTables(long tables) {
            long low = 0;
            long high = pages;
            while (low < high) {
                long middle = (low + high + 1) >>> 1;
                if (tablesIn(middle) <= tables) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            return new Segment(gfn, low, present, needsTables, opensBlock);
        }

        long costOf(long count, long unit, long flush, long table) {
            long perPage = unit + (present ? flush : 0);
            return count * perPage + tablesIn(count) * table;
        }
    }

    /** CPU time of the first {@code count} entries, in ns, without a flush that is put off. */
    public long costOf(long count, Costs costs, int dirtyCpus) {
        long flush = flushOfEach(costs, dirtyCpus);
        long cost = 0;
        long left = count;
        for (Segment segment : segments) {
            long here = Math.min(left, segment.pages());
            cost += segment.costOf(here, unit, flush, costs.p2mTable());
            left -= here;
            if (left == 0) {
                break;
            }
        }
        return cost;
    }

    private long flushOfEach(Costs costs, int dirtyCpus) {
        return flushAtEnd ? 0 : costs.flush(dirtyCpus);
    }

    /** The flush that is put off to the end, when the walk ends after {@code count} entries, in ns. */
    public long flushAfter(long count, Costs costs, int dirtyCpus) {
        long left = count;
        for (Segment segment : segments) {
            if (!flushAtEnd || left <= 0) {
                return 0;
            }
            if (segment.present() && segment.pages() > 0) {
                return costs.flush(dirtyCpus);
            }
            left -= segment.pages();
        }
        return 0;
    }

    /** How many entries are complete after {@code elapsed} ns. */
    public long completeAfter(long elapsed, Costs costs, int dirtyCpus) {
        long flush = flushOfEach(costs, dirtyCpus);
        long done = 0;
        long left = elapsed;
        for (Segment segment : segments) {
            long whole = segment.costOf(segment.pages(), unit, flush, costs.p2mTable());
            if (whole > left) {
                return done + completeIn(segment, left, flush, costs.p2mTable());
            }
            done += segment.pages();
            left -= whole;
        }
        return done;
    }

    private long completeIn(Segment segment, long elapsed, long flush, long table) {
        long low = 0;
        long high = segment.pages();
        while (low < high) {
            long middle = (low + high + 1) >>> 1;
            if (segment.costOf(middle, unit, flush, table) <= elapsed) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
