@NullMarked
package org.xenfleet.cluster;

import org.jspecify.annotations.NullMarked;
