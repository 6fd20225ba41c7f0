@NullMarked
package org.xenfleet.xen.sched;

import org.jspecify.annotations.NullMarked;
