package org.xenfleet.assess;

/**
 * Whether something that a flaw needs is true of a guest. Immutable.
 *
 * @param text why it is not; what is not known; or what is to be remarked though it is, perhaps nothing
 */
record Answer(Truth truth, String text) {

    enum Truth {
        YES,
        /** Nobody says, but who would use the flaw can see to it himself. */
        UP_TO_THE_GUEST,
        UNKNOWN,
        NO
    }

    static Answer yes() {
        return new Answer(Truth.YES, "");
    }

    static Answer yes(String remark) {
        return new Answer(Truth.YES, remark);
    }

    /** @param remark a sentence */
    static Answer upToTheGuest(String remark) {
        return new Answer(Truth.UP_TO_THE_GUEST, remark);
    }

    /** @param question a sentence that says what is not known */
    static Answer unknown(String question) {
        return new Answer(Truth.UNKNOWN, question);
    }

    /** @param why the end of a sentence */
    static Answer no(String why) {
        return new Answer(Truth.NO, why);
    }

    static Answer yesIf(boolean condition, String otherwise) {
        return condition ? yes() : no(otherwise);
    }
}
