@NullMarked
package org.xenfleet.bench.phold;

import org.jspecify.annotations.NullMarked;
