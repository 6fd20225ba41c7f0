/**
 * Where the observations of a run go: {@link org.xenfleet.results.RunSummary} says in numbers what happened,
 * {@link org.xenfleet.results.ExpectationCheck} holds them against what the user expected, and
 * {@link org.xenfleet.results.RunDirectory} keeps both on disk. Everything here is a pure function of the host reports,
 * except for the directory; no rounding goes through floating point.
 */
@NullMarked
package org.xenfleet.results;

import org.jspecify.annotations.NullMarked;
