/** A guest's p2m: what is mapped, with which access, in which tables, and who holds its lock. */
@NullMarked
package org.xenfleet.xen.p2m;

import org.jspecify.annotations.NullMarked;
