/** JMH benchmarks of the timeline and of the scheduler. */
@NullMarked
package org.xenfleet.bench.jmh;

import org.jspecify.annotations.NullMarked;
