package org.xenfleet.results;

import java.math.BigDecimal;

/**
 * A condition that the summary of a run should meet. Immutable.
 *
 * @param text as the user wrote it
 * @param path of {@code summary.json}, such as {@code hosts.crashed} or {@code host[0].domain[2].cpu_ns}
 * @param operator one of {@code == != < <= > >=}
 * @param value in the unit of the summary: nanoseconds, counts
 */
public record Expected(String text, String path, String operator, BigDecimal value) {}
