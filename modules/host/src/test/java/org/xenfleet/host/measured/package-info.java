/** The model held against what set_mem_access did to the rest of the machine on real Xen 4.1.6.1 to 4.4.1. */
@NullMarked
package org.xenfleet.host.measured;

import org.jspecify.annotations.NullMarked;
