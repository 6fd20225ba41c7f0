@NullMarked
package org.xenfleet.xen.dom0;

import org.jspecify.annotations.NullMarked;
