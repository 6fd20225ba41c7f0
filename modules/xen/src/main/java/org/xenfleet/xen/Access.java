package org.xenfleet.xen;

import java.util.Arrays;
import java.util.Optional;

/**
 * Access of a guest page as {@code HVMOP_set_mem_access} sets it; the ordinal is the code of the ABI from 4.2 on. Which codes
 * a release takes for what, its catalogue says: see {@link org.xenfleet.xen.operation.AccessCodes}. Immutable.
 *
 * <p>Source: xen-semantics section 1.3.
 */
public enum Access {
    N("n", false, false, false),
    R("r", true, false, false),
    W("w", false, true, false),
    RW("rw", true, true, false),
    X("x", false, false, true),
    RX("rx", true, false, true),
    WX("wx", false, true, true),
    RWX("rwx", true, true, true),
    RX2RW("rx2rw", true, false, true),
    N2RWX("n2rwx", false, false, false),
    /** Only in a request: the default access of the p2m. No page has it. */
    DEFAULT("default", false, false, false);

    private final String label;
    private final boolean read;
    private final boolean write;
    private final boolean execute;

    Access(String label, boolean read, boolean write, boolean execute) {
        this.label = label;
        this.read = read;
        this.write = write;
        this.execute = execute;
    }

    /** The access of a code of the ABI, if 4.2 to 4.4 accept it. */
    public static Optional<Access> ofCode(int code) {
        return code >= 0 && code < DEFAULT.ordinal() ? Optional.of(values()[code]) : Optional.empty();
    }

    public static Optional<Access> ofLabel(String label) {
        return Arrays.stream(values()).filter(a -> a.label.equals(label)).findFirst();
    }

    public String label() {
        return label;
    }

    public int code() {
        return ordinal();
    }

    public boolean read() {
        return read;
    }

    public boolean write() {
        return write;
    }

    public boolean execute() {
        return execute;
    }

    /** Whether the EPT leaf is present, that is, has any of its r, w, x bits: what makes a rewrite flush. */
    public boolean present() {
        return read || write || execute;
    }
}
