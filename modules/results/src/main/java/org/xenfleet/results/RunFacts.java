package org.xenfleet.results;

/**
 * What a summary says of a run that no host report contains. Immutable.
 *
 * @param scenario its name
 * @param digest of the run, lower-case hexadecimal
 * @param hosts how many the scenario has
 * @param partial whether the run was stopped before its end
 */
public record RunFacts(String scenario, long seed, String digest, int hosts, boolean partial) {}
