/** What it costs that a run can be taken up again, and what it saves to branch from one. */
@NullMarked
package org.xenfleet.bench.keep;

import org.jspecify.annotations.NullMarked;
