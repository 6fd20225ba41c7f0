@NullMarked
package org.xenfleet.xen.time;

import org.jspecify.annotations.NullMarked;
