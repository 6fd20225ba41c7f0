package org.xenfleet.assess;

/**
 * A verdict with what is to be said of it, in sentences. Immutable.
 *
 * @param mitigation which of the advisory's would help, or is in force; empty where there is nothing to mitigate
 * @param warning against what the advisory warns; empty if against nothing
 */
public record Finding(
        Verdict verdict, String reason, Basis basis, SecondFlaw secondFlaw, String mitigation, String warning) {

    /** One that leaves nothing to attack. */
    static Finding harmless(Verdict verdict, Basis basis, String reason) {
        return new Finding(verdict, reason, basis, SecondFlaw.MEANINGLESS, "", "");
    }

    Finding withMitigation(String other) {
        return new Finding(verdict, reason, basis, secondFlaw, other, warning);
    }

    Finding withWarning(String other) {
        return new Finding(verdict, reason, basis, secondFlaw, mitigation, other);
    }
}
