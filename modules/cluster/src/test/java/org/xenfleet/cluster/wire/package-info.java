@NullMarked
package org.xenfleet.cluster.wire;

import org.jspecify.annotations.NullMarked;
