package org.xenfleet.assess;

/** What a verdict rests on. */
public enum Basis {
    /** The advisory says so, or it follows from what it says. */
    ADVISORY("advisory"),
    /** The source of Xen at that release. */
    CODE("code"),
    BOTH("advisory+code"),
    /** The text of the CVE and the commits that name the advisory, where the advisory itself was not read. */
    RECORD("cve+commits");

    private final String label;

    Basis(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
