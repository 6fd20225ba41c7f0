package org.xenfleet.xen.p2m;

import java.util.ArrayList;
import java.util.List;
import org.xenfleet.xen.Access;
import org.xenfleet.xen.Fields;

/**
 * A guest's host p2m on EPT: which gfns are mapped with which access, which 2 MiB blocks have a table of 4 KiB entries, and
 * how many pages the paging pool has left for such tables. A gfn is a 4 KiB page number. RAM lies at gfn 0 and up without
 * a gap, mapped by 2 MiB superpages as far as it goes. Used by one thread.
 *
 * <p>Source: xen-semantics sections 1.3 to 1.5 and 1.8.
 */
public final class P2m {
    public static final int PAGES_PER_TABLE = 512;
    private static final int HOLE = -1;
    private static final long PAGES_PER_GIB = 262_144;
    private static final long PAGES_PER_512_GIB = PAGES_PER_GIB * 512;

    /** Access code of each mapped gfn, or {@link #HOLE}. */
    private final GfnRuns access = new GfnRuns(HOLE);

    /** 1 for each block of 512 gfns that has its table. */
    private final GfnRuns tables = new GfnRuns(0);

    private long maxMappedGfn;
    private int defaultAccess = Access.RWX.code();
    private long poolFree;

    /**
     * @param ramPages RAM, at least 1
     * @param poolPages the paging pool; the tables above 2 MiB blocks take from it at once
     */
    public P2m(long ramPages, long poolPages) {
        access.set(0, ramPages, Access.RWX.code());
        maxMappedGfn = ramPages - 1;
        long upperTables = 1 + ceilDiv(ramPages, PAGES_PER_512_GIB) + ceilDiv(ramPages, PAGES_PER_GIB);
        long lastBlock = ramPages / PAGES_PER_TABLE;
        boolean tail = ramPages % PAGES_PER_TABLE != 0;
        if (tail) {
            tables.set(lastBlock, lastBlock + 1, 1);
        }
        poolFree = poolPages - upperTables - (tail ? 1 : 0);
        if (poolFree < 0) {
            throw new IllegalArgumentException("a paging pool of " + poolPages + " pages cannot map " + ramPages);
        }
    }

    /** The highest gfn ever mapped; it never shrinks. */
    public long maxMappedGfn() {
        return maxMappedGfn;
    }

    public long poolFree() {
        return poolFree;
    }

    public int defaultAccess() {
        return defaultAccess;
    }

    public void setDefaultAccess(Access newDefault) {
        defaultAccess = newDefault.code();
    }

    /** The access that a page gets where this one is asked for. */
    public Access resolve(Access asked) {
        return asked == Access.DEFAULT ? Access.values()[defaultAccess] : asked;
    }

    public boolean isMapped(long gfn) {
        return access.get(gfn) != HOLE;
    }

    /** Access code of a mapped gfn; -1 for a hole. */
    public int accessOf(long gfn) {
        return access.get(gfn);
    }

    public boolean hasTable(long gfn) {
        return tables.get(gfn / PAGES_PER_TABLE) != 0;
    }

    /** The gfn after the highest that is mapped now; 0 when none is. */
    public long mappedEnd() {
        return access.startOfLastRun();
    }

    /** The lowest gfn that is not mapped. */
    public long lowestHole() {
        long gfn = 0;
        while (isMapped(gfn)) {
            gfn = access.endOfRun(gfn);
        }
        return gfn;
    }

    /** Maps more pages, as populating or adding to the physmap at a chosen gfn does; raises the maximum. */
    public void map(long first, long pages) {
        access.set(first, first + pages, defaultAccess);
        takeTables(first, pages);
        maxMappedGfn = Math.max(maxMappedGfn, first + pages - 1);
    }

    /** A page was mapped at a gfn above all others for a moment: the maximum stays where it was, and the table. */
    public void raiseMaxGfn(long gfn) {
        map(gfn, 1);
        unmap(gfn, 1);
    }

    /** Takes pages out; their tables stay. */
    public void unmap(long first, long pages) {
        access.set(first, first + pages, HOLE);
        takeTables(first, pages);
    }

    /**
     * What changing {@code pages} entries from {@code first} on amounts to, cut off where the paging pool runs out of
     * tables. Changes nothing.
     *
     * @param unit what a change costs by itself, in ns
     */
    public RangeWork plan(long first, long pages, long unit) {
        List<RangeWork.Segment> segments = new ArrayList<>();
        long end = first + pages;
        long left = poolFree;
        long gfn = first;
        while (gfn < end) {
            boolean present = isMapped(gfn) && Access.values()[access.get(gfn)].present();
            boolean table = hasTable(gfn);
            long stop = Math.min(end, Math.min(endOfPresence(gfn, present, end), endOfTables(gfn)));
            RangeWork.Segment segment = new RangeWork.Segment(gfn, stop - gfn, present, !table, gfn == first);
            if (segment.tables() > left) {
                segment = segment.withTables(left);
                if (segment.pages() > 0) {
                    segments.add(segment);
                }
                return RangeWork.of(first, segments, unit, true);
            }
            left -= segment.tables();
            segments.add(segment);
            gfn = stop;
        }
        return RangeWork.of(first, segments, unit, false);
    }

    private long endOfPresence(long gfn, boolean present, long limit) {
        long stop = access.endOfRun(gfn);
        while (stop < limit && present == (isMapped(stop) && Access.values()[access.get(stop)].present())) {
            stop = access.endOfRun(stop);
        }
        return stop;
    }

    private long endOfTables(long gfn) {
        long block = tables.endOfRun(gfn / PAGES_PER_TABLE);
        return block > Long.MAX_VALUE / PAGES_PER_TABLE ? Long.MAX_VALUE : block * PAGES_PER_TABLE;
    }

    /** Gives the first {@code pages} entries from {@code first} a new access; holes stay holes but get their tables. */
    public void rewrite(long first, long pages, Access newAccess) {
        long end = first + pages;
        long gfn = first;
        while (gfn < end) {
            long stop = Math.min(end, access.endOfRun(gfn));
            if (isMapped(gfn)) {
                access.set(gfn, stop, newAccess.code());
            }
            gfn = stop;
        }
        takeTables(first, pages);
    }

    private void takeTables(long first, long pages) {
        if (pages == 0) {
            return;
        }
        long block = first / PAGES_PER_TABLE;
        long lastBlock = (first + pages - 1) / PAGES_PER_TABLE;
        while (block <= lastBlock) {
            long stop = Math.min(lastBlock + 1, tables.endOfRun(block));
            if (tables.get(block) == 0) {
                poolFree -= stop - block;
            }
            block = stop;
        }
        tables.set(first / PAGES_PER_TABLE, lastBlock + 1, 1);
    }

    /** Whether a guest that writes to the page trips over its access. */
    public boolean faultsOnWrite(long gfn) {
        return isMapped(gfn) && !Access.values()[access.get(gfn)].write();
    }

    /**
     * The first gfn of the {@code pages} gfns after {@code from}, going round within [0, size), on which a write would
     * fault; as the number of steps to it, or -1.
     */
    public long stepsToFault(long from, long size) {
        long at = from % size;
        long steps = 0;
        while (steps < size) {
            if (faultsOnWrite(at)) {
                return steps;
            }
            long stop = Math.min(size, access.endOfRun(at));
            steps += stop - at;
            at = stop % size;
        }
        return -1;
    }

    private static long ceilDiv(long a, long b) {
        return (a + b - 1) / b;
    }

    /** Visits the whole state; for snapshots and digests. */
    public void fields(Fields f) {
        access.fields(f);
        tables.fields(f);
        maxMappedGfn = f.at("max-mapped-gfn", maxMappedGfn);
        defaultAccess = f.at("default-access", defaultAccess);
        poolFree = f.at("pool-free", poolFree);
    }
}
