@NullMarked
package org.xenfleet.bench.decisions;

import org.jspecify.annotations.NullMarked;
