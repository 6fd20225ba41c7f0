/** How large a fleet may be. */
@NullMarked
package org.xenfleet.bench.scale;

import org.jspecify.annotations.NullMarked;
