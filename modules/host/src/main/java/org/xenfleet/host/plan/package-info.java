/** What a host consists of before it runs: its domains by domid, their vCPUs, its CPU pools, the addresses of its actors. */
@NullMarked
package org.xenfleet.host.plan;

import org.jspecify.annotations.NullMarked;
