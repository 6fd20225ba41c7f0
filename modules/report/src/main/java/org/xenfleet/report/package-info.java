/**
 * What people read: {@link org.xenfleet.report.SummaryTable} makes text of a run's summary. Everything here is a pure
 * function of its arguments; nothing asks for a clock, a locale, an environment or a terminal.
 */
@NullMarked
package org.xenfleet.report;

import org.jspecify.annotations.NullMarked;
