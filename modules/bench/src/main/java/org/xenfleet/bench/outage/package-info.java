/** How fast a large host is simulated while one of its guests attacks it. */
@NullMarked
package org.xenfleet.bench.outage;

import org.jspecify.annotations.NullMarked;
