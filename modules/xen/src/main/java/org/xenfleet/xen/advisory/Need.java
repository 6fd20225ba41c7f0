package org.xenfleet.xen.advisory;

/** What must be true of a guest, or of its host, for a flaw to be of use. */
public enum Need {
    PV("a PV guest"),
    HVM("an HVM guest"),
    /** Its physical addresses are Xen's to translate: HVM and PVH on x86, everybody on Arm. */
    TRANSLATED("a guest whose addresses Xen translates"),
    KERNEL_OF_32_BITS("a kernel of 32 bits"),
    SEVERAL_VCPUS("more than one vCPU"),
    PASSTHROUGH("a PCI device passed through"),
    /** Extended page tables, which a guest with shadow page tables has not. */
    EPT("EPT"),
    POPULATE_ON_DEMAND("populate on demand"),
    /** Which every guest has; how many it may have says how much work there is. */
    EVENT_CHANNELS("event channels"),
    RAISED_MAPTRACK("more maptrack frames than Xen's default"),
    HVM_STUB_DOMAIN("a stub domain that is HVM itself"),
    SHARED_MANAGEMENT("a host that leaves a part of its management to others than dom0");

    private final String text;

    Need(String text) {
        this.text = text;
    }

    /** For people, without an article where it is a property. */
    public String text() {
        return text;
    }
}
