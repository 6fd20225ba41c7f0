/** How many messages a scheduling decision takes. */
@NullMarked
package org.xenfleet.bench.decisions;

import org.jspecify.annotations.NullMarked;
