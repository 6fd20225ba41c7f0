package org.xenfleet.results;

import java.util.List;

/**
 * What a summary says of a run that no host report contains. Immutable.
 *
 * @param scenario its name
 * @param digest of the run, lower-case hexadecimal
 * @param hosts how many the scenario has
 * @param partial whether the run was stopped before its end
 * @param costLevel {@code low}, {@code default} or {@code high}
 * @param costsChanged the costs that are others than those of the level, by their keys
 */
public record RunFacts(
        String scenario,
        long seed,
        String digest,
        int hosts,
        boolean partial,
        String costLevel,
        List<String> costsChanged) {
    public RunFacts {
        costsChanged = List.copyOf(costsChanged);
    }
}
