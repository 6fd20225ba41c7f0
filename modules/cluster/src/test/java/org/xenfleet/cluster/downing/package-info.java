@NullMarked
package org.xenfleet.cluster.downing;

import org.jspecify.annotations.NullMarked;
