/**
 * One simulated host as actors: hypervisor, physical CPUs, CPU pools, domains, toolstack. The actors own rules of the xen
 * and libxl modules, feed them and send what they answer; what they say to each other is in the protocol package.
 */
@NullMarked
package org.xenfleet.host;

import org.jspecify.annotations.NullMarked;
