/** An island against the same loop without actors. */
@NullMarked
package org.xenfleet.bench.loop;

import org.jspecify.annotations.NullMarked;
