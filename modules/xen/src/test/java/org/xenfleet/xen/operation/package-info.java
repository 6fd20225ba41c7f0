@NullMarked
package org.xenfleet.xen.operation;

import org.jspecify.annotations.NullMarked;
