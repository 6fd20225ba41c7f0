package org.xenfleet.xen;

/** What kind of machine a hypervisor runs on. */
public enum Arch {
    X86("x86"),
    ARM("arm");

    private final String label;

    Arch(String label) {
        this.label = label;
    }

    /** The word of {@code xen.arch} in a scenario. */
    public String label() {
        return label;
    }
}
