@NullMarked
package org.xenfleet.xen.control;

import org.jspecify.annotations.NullMarked;
