/** The credit scheduler of Xen 4.4 and the times of its vCPUs. */
@NullMarked
package org.xenfleet.xen.sched;

import org.jspecify.annotations.NullMarked;
