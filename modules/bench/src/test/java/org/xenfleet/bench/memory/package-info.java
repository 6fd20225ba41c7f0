@NullMarked
package org.xenfleet.bench.memory;

import org.jspecify.annotations.NullMarked;
