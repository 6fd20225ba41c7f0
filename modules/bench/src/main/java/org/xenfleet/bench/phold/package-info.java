/** PHOLD on islands and on SSJ, with the same draws. */
@NullMarked
package org.xenfleet.bench.phold;

import org.jspecify.annotations.NullMarked;
