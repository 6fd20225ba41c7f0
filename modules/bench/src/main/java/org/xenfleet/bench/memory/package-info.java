/** What a live host holds of the heap. */
@NullMarked
package org.xenfleet.bench.memory;

import org.jspecify.annotations.NullMarked;
