@NullMarked
package org.xenfleet.xen;

import org.jspecify.annotations.NullMarked;
