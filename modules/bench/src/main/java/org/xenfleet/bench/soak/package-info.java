/** Whether runs come to the same however many of their nodes die. */
@NullMarked
package org.xenfleet.bench.soak;

import org.jspecify.annotations.NullMarked;
