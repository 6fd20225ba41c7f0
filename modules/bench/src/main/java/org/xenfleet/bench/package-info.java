/** The benchmarks: what Xenfleet costs, side by side with its peers in the same run. Never shipped. */
@NullMarked
package org.xenfleet.bench;

import org.jspecify.annotations.NullMarked;
