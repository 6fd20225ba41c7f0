package org.xenfleet.xen.operation;

import org.xenfleet.xen.Fields;

/**
 * The caller's struct of an operation over a range of gfns. Immutable; written back as a new value. Source: xen-semantics
 * section 1.2.
 *
 * @param readable the struct's address can be read; false makes the call fail with EFAULT
 * @param domid 16 bits
 * @param access access code, 16 bits
 * @param nr number of pages, 32 bits, unsigned
 * @param first first gfn, 64 bits, unsigned
 */
public record RangeRequest(boolean readable, int domid, int access, long nr, long first) {
    public static final long ALL_ONES = -1L;

    public boolean isDefault() {
        return first == ALL_ONES;
    }

    /** What the fix leaves in the struct when {@code done} pages of a slice are done and more remain. */
    public RangeRequest advancedBy(long done) {
        return new RangeRequest(readable, domid, access, nr - done, first + done);
    }

    /** Visits the fields; gives back the request to go on with. */
    public RangeRequest fields(Fields f) {
        return new RangeRequest(
                f.at("readable", readable),
                f.at("target", domid),
                f.at("access", access),
                f.at("nr", nr),
                f.at("first", first));
    }
}
