/** What guests do, as plain rules: a vCPU asks its program what comes next. */
@NullMarked
package org.xenfleet.host.workload;

import org.jspecify.annotations.NullMarked;
