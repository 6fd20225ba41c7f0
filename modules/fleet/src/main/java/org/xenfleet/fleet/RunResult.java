package org.xenfleet.fleet;

import org.xenfleet.results.RunSummary;

/**
 * What a run came to. Immutable.
 *
 * @param digest the same for the same scenario, seed and model version, on any machine; 64 lower-case hex digits. In a
 *     partial run it covers what was simulated, and depends on when the run was stopped.
 * @param stats how it went
 */
public record RunResult(RunSummary summary, Outcome outcome, String digest, RunStats stats) {}
