/** The credit scheduler of Xen, as of 4.4 and of 4.17, and the times of its vCPUs. */
@NullMarked
package org.xenfleet.xen.sched;

import org.jspecify.annotations.NullMarked;
