package org.xenfleet.cluster;

/**
 * Why a member is one no more.
 *
 * @param kind what happened
 * @param sentence for the user
 */
public record NodeEnd(Kind kind, String sentence) {

    /** How a member can end. */
    public enum Kind {
        /** It was asked to go. */
        LEFT(0),
        /** The launcher has gone, having no more work. */
        LAUNCHER_LEFT(0),
        /** It could not reach the launcher, or the majority, and others have taken over. */
        CUT_OFF(70),
        /** The process that started it has ended. */
        PARENT_GONE(70),
        /** It never became a member. */
        NOT_ADMITTED(70),
        /** Its actor system ended by itself. */
        FAILED(70);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        /** What the process should end with. */
        int exitCode() {
            return exitCode;
        }
    }

    /** What the process should end with. */
    public int exitCode() {
        return kind.exitCode();
    }
}
