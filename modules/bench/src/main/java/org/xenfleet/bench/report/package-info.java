/** Figures, what they are held against, and the page that shows them. */
@NullMarked
package org.xenfleet.bench.report;

import org.jspecify.annotations.NullMarked;
