/** What the kernel of a domain says of vCPUs that stood still and of requests that nobody served. */
@NullMarked
package org.xenfleet.xen.dom0;

import org.jspecify.annotations.NullMarked;
