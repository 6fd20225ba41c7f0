/** The notation for cases of the credit scheduler and what runs them; docs/scheduler-cases.md explains it. */
@NullMarked
package org.xenfleet.xen.sched.cases;

import org.jspecify.annotations.NullMarked;
