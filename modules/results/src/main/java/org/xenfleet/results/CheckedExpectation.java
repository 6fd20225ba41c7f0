package org.xenfleet.results;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What came of one expectation. Immutable.
 *
 * @param text as the user wrote it
 * @param path what it speaks of
 * @param found the number at its path; absent if there is none, and then it is not met
 * @param remark a sentence that says why there is no number, if there is none
 */
public record CheckedExpectation(
        String text, String path, Optional<BigDecimal> found, boolean met, Optional<String> remark) {}
