/**
 * The 25 statements of what a simulator of long hypercalls must get right (xen-semantics section 9), each held against the
 * simulator and, with what it rests on left out, shown to fail.
 */
@NullMarked
package org.xenfleet.host.statements;

import org.jspecify.annotations.NullMarked;
