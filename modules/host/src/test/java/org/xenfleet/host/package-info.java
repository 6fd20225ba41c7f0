/** Hosts as a whole, held against figures worked out by hand or measured on real hypervisors. */
@NullMarked
package org.xenfleet.host;

import org.jspecify.annotations.NullMarked;
