package org.xenfleet.assess;

/**
 * What an advisory of the catalogue says of a guest. Immutable.
 *
 * @param role of him who could use the flaw, {@code guest-kernel}; empty where nobody can
 */
public record GuestFinding(GuestFacts guest, Finding finding, String role) {
    public Verdict verdict() {
        return finding.verdict();
    }
}
