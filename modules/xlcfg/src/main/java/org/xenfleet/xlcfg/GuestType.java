package org.xenfleet.xlcfg;

/** How a guest is virtualised, in the order in which xl compares the words (xlcfg-grammar section 2.1). */
public enum GuestType {
    HVM("hvm"),
    PV("pv"),
    PVH("pvh");

    private final String label;

    GuestType(String label) {
        this.label = label;
    }

    /** The word of {@code type=} in an xl file. */
    public String label() {
        return label;
    }
}
