package org.xenfleet.scenario;

/**
 * One reason why a scenario is refused: what is wrong, where, what was found and what would be right. Immutable.
 *
 * @param file as the user can open it; {@code --set} for a setting of the command line
 * @param line from 1; 0 when unknown
 * @param column from 1; 0 when unknown
 */
public record Problem(String file, int line, int column, String message) {

    /** {@code file:line:column: message}, without the numbers that are unknown. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(file);
        if (line > 0) {
            text.append(':').append(line);
            if (column > 0) {
                text.append(':').append(column);
            }
        }
        return text.append(": ").append(message).toString();
    }
}
