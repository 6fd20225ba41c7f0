/** The schedulers of Xen: credit as of 4.4 and of 4.17, credit2 and null; and the times of their vCPUs. */
@NullMarked
package org.xenfleet.xen.sched;

import org.jspecify.annotations.NullMarked;
