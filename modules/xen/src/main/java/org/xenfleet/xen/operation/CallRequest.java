package org.xenfleet.xen.operation;

import org.xenfleet.xen.Fields;

/**
 * The arguments of a hypercall, in registers or in the caller's struct; which of them mean what is the operation's. Written
 * back as a new value when a call is cut off, see {@link Progress}. Immutable. Source: xen-semantics sections 1.2, 2.2.
 *
 * @param readable the struct's address can be read; false makes the call fail with EFAULT
 * @param domid 16 bits
 * @param code over a p2m range the access code, 16 bits, and above them the pages done that the number of the operation, or
 *     the command, carries; in a multicall the number of the call in the catalogue; else the
 *     command, with the progress of a memory_op above its lowest 6 bits
 * @param nr number of pages or entries, 32 bits, unsigned
 * @param first first gfn, 64 bits, unsigned; of a list the first entry of it that is left
 */
public record CallRequest(boolean readable, int domid, long code, long nr, long first) {
    public static final long ALL_ONES = -1L;

    private static final int ACCESS_BITS = 16;
    private static final long ACCESS_MASK = (1L << ACCESS_BITS) - 1;

    /** The caller itself, in place of a domid. */
    public static final int DOMID_SELF = 0x7FF0;

    /** What stands where no call has been made. */
    public static final CallRequest NONE = new CallRequest(true, 0, 0, 0, 0);

    /** A call that works on its caller. */
    public static CallRequest onSelf(long code, long nr) {
        return new CallRequest(true, DOMID_SELF, code, nr, 0);
    }

    /** Over a p2m range: the access code in the struct. */
    public int accessCode() {
        return (int) (code & ACCESS_MASK);
    }

    /** Over a p2m range: the pages that earlier entries of the call did, as far as its registers say so. */
    public long carried() {
        return code >>> ACCESS_BITS;
    }

    /** The same with {@code done} more pages carried in its registers; the struct stays as it is. */
    CallRequest carrying(long done) {
        return new CallRequest(readable, domid, code + (done << ACCESS_BITS), nr, first);
    }

    /** Over a p2m range: the first gfn that is left. */
    public long next() {
        return first + carried();
    }

    public boolean isDefault() {
        return first == ALL_ONES;
    }

    /** Visits the fields; gives back the request to go on with. */
    public CallRequest fields(Fields f) {
        CallRequest visited = new CallRequest(
                f.at("readable", readable),
                f.at("target", domid),
                f.at("code", code),
                f.at("nr", nr),
                f.at("first", first));
        return f.reading() ? visited : this;
    }
}
