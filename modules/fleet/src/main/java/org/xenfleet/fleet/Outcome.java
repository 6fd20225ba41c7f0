package org.xenfleet.fleet;

/** Why a run ended. All but {@link #DONE} leave a partial run. */
public enum Outcome {
    /** Every host reached the end of the scenario. */
    DONE("done"),
    /** The limit of wall-clock time was reached. */
    MAX_WALL("max-wall"),
    /** The limit of events was reached. */
    MAX_EVENTS("max-events"),
    /** The user asked it to stop. */
    STOPPED("stopped");

    private final String label;

    Outcome(String label) {
        this.label = label;
    }

    /** The name in files. */
    public String label() {
        return label;
    }

    public boolean isPartial() {
        return this != DONE;
    }
}
