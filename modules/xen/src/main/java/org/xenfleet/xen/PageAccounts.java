package org.xenfleet.xen;

import java.util.Arrays;

/**
 * Whose the host's pages of 4 KiB are: those of each domain, and the free ones. A call that will take pages claims them
 * when its slice begins and settles when it ends, so that two calls never count on the same page. Domains go by domid.
 * Used by one thread.
 *
 * <p>Source: a domain gets pages up to its {@code max_pages} and as long as the heap has any; libxl sets the limit.
 * Simplified: pages that a slice gives back are free when it ends, and a claim is not available to others meanwhile.
 */
public final class PageAccounts {
    /** A domain whose limit nobody has set. */
    public static final long NO_LIMIT = Long.MAX_VALUE;

    private final long[] allocated;
    private final long[] most;
    private final long[] taking;
    private final long[] giving;
    private long free;

    /**
     * @param free pages that no domain has
     * @param allocated pages of each domain
     * @param most what each domain may have at most, or {@link #NO_LIMIT}
     */
    public PageAccounts(long free, long[] allocated, long[] most) {
        if (free < 0 || allocated.length != most.length) {
            throw new IllegalArgumentException(free + " free pages, " + allocated.length + " domains");
        }
        this.free = free;
        this.allocated = allocated.clone();
        this.most = most.clone();
        this.taking = new long[allocated.length];
        this.giving = new long[allocated.length];
    }

    /** Pages that no domain has; those of claims are among them. */
    public long free() {
        return free;
    }

    public long allocated(int domid) {
        return allocated[domid];
    }

    /** How many of {@code wanted} pages a call of the domain can get; they are set aside for it. */
    public long claim(int domid, long wanted) {
        long room = Math.max(0, most[domid] - allocated[domid] - taking[domid]);
        long unclaimed = free - Arrays.stream(taking).sum();
        long claimed = Math.min(wanted, Math.min(room, unclaimed));
        taking[domid] += claimed;
        return claimed;
    }

    /** The slice took {@code done} of the pages that were claimed for it. */
    public void take(int domid, long claimed, long done) {
        taking[domid] -= claimed;
        allocated[domid] += done;
        free -= done;
    }

    /** How many of {@code wanted} pages a call of the domain can give back; no other call gives the same ones. */
    public long offer(int domid, long wanted) {
        long offered = Math.min(wanted, allocated[domid] - giving[domid]);
        giving[domid] += offered;
        return offered;
    }

    /** The slice gave {@code done} of the pages back that were offered for it. */
    public void giveBack(int domid, long offered, long done) {
        giving[domid] -= offered;
        allocated[domid] -= done;
        free += done;
    }

    public void fields(Fields f) {
        free = f.at("free-pages", free);
        f.at("allocated", allocated);
        f.at("taking", taking);
        f.at("giving", giving);
    }
}
