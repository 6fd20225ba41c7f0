package org.xenfleet.xen.sched;

/**
 * What the credit scheduler does differently from one release of Xen to another. Immutable.
 *
 * <p>Source: the behaviour of the releases as xen-semantics section 4.1 and the traces of Xen 4.17.7 show it.
 *
 * @param limitKeepsRemainder a vCPU that the rate limit keeps goes on for what is left of it, not for another whole limit
 * @param yieldBeatsLimit a vCPU that yields is not kept by the rate limit
 * @param moveBoosts a vCPU that is moved to another pCPU is boosted there, as one that wakes
 * @param kickOnlyIfItCanGo a running vCPU makes room for a woken one only when an idle pCPU may run it
 * @param tickledIsBusy an idle pCPU that is poked is no idler from then on, so that the next poke goes to another
 * @param balanceInTurn stealing starts behind the pCPU from which it took last, not at the first of the socket
 * @param softAffinity soft affinity is honoured
 * @param placedAtInsertion a new vCPU is placed at once by the rules for placing
 */
public record CreditRules(
        boolean limitKeepsRemainder,
        boolean yieldBeatsLimit,
        boolean moveBoosts,
        boolean kickOnlyIfItCanGo,
        boolean tickledIsBusy,
        boolean balanceInTurn,
        boolean softAffinity,
        boolean placedAtInsertion) {
    /** As of Xen 4.4. */
    public static final CreditRules V4_4 = new CreditRules(false, false, true, false, false, false, false, false);

    /** As of Xen 4.17. */
    public static final CreditRules V4_17 = new CreditRules(true, true, false, true, true, true, true, true);
}
