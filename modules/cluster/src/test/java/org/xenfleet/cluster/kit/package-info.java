@NullMarked
package org.xenfleet.cluster.kit;

import org.jspecify.annotations.NullMarked;
