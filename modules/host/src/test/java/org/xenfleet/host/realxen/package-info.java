/** The model held against what a real Xen 4.17.7 did with the same guests. */
@NullMarked
package org.xenfleet.host.realxen;

import org.jspecify.annotations.NullMarked;
