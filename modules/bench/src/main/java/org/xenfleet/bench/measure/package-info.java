/** How things are measured: rounds in turn, medians, ratios within a round. */
@NullMarked
package org.xenfleet.bench.measure;

import org.jspecify.annotations.NullMarked;
