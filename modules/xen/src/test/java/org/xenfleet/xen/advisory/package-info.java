@NullMarked
package org.xenfleet.xen.advisory;

import org.jspecify.annotations.NullMarked;
