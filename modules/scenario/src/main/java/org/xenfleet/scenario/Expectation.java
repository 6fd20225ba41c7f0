package org.xenfleet.scenario;

import java.math.BigDecimal;

/**
 * One condition on the summary of a run. Immutable. Whether the path exists is known only after the run.
 *
 * @param text as the user wrote it
 * @param path of {@code summary.json}, for example {@code hosts.crashed}
 * @param operator one of {@code == != < <= > >=}
 * @param value with its unit applied: durations in ns, sizes in bytes
 */
public record Expectation(String text, String path, String operator, BigDecimal value) {}
