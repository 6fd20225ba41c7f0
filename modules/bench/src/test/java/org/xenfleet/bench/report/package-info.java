@NullMarked
package org.xenfleet.bench.report;

import org.jspecify.annotations.NullMarked;
