@NullMarked
package org.xenfleet.bench.measure;

import org.jspecify.annotations.NullMarked;
