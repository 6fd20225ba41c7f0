/**
 * What Xen does, as plain rules: no actors, no clock, no randomness. Time is handed in as nanoseconds of Xen's system time.
 * Every rule names the section of the semantics that it follows.
 */
@NullMarked
package org.xenfleet.xen;

import org.jspecify.annotations.NullMarked;
