/** The scenarios that are measured. */
@NullMarked
package org.xenfleet.bench.scenario;

import org.jspecify.annotations.NullMarked;
