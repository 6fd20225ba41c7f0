/**
 * Advisories of Xen as data: what releases have the flaw, who can use it on what kind of guest, and how it was mended.
 * {@link org.xenfleet.xen.advisory.AdvisoryCatalogue} has those that are shipped.
 */
@NullMarked
package org.xenfleet.xen.advisory;

import org.jspecify.annotations.NullMarked;
