@NullMarked
package org.xenfleet.bench.loop;

import org.jspecify.annotations.NullMarked;
