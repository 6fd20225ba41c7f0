/** Xen's system time of a host: the TSC, the platform counter that corrects it, and what a tied pCPU 0 does to it. */
@NullMarked
package org.xenfleet.xen.time;

import org.jspecify.annotations.NullMarked;
