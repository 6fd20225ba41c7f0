package org.xenfleet.assess;

/** The precondition of an attack: whether another flaw must be found first, which lets the guest take its device model over. */
public enum SecondFlaw {
    NEEDED("needed"),
    NOT_NEEDED("not needed"),
    /** There is no attack that could need one. */
    MEANINGLESS("-");

    private final String label;

    SecondFlaw(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
