/** Hypercalls as data: their checks, what they iterate over, when they test for preemption, how they carry progress. */
@NullMarked
package org.xenfleet.xen.operation;

import org.jspecify.annotations.NullMarked;
