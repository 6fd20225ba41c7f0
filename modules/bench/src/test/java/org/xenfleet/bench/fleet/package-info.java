@NullMarked
package org.xenfleet.bench.fleet;

import org.jspecify.annotations.NullMarked;
