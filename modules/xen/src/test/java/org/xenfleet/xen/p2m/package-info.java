@NullMarked
package org.xenfleet.xen.p2m;

import org.jspecify.annotations.NullMarked;
