/**
 * Who is exposed to an advisory: plain rules, which read the facts of hosts and answer a verdict for each guest with its
 * reason. {@link org.xenfleet.assess.Xsa89} judges by one, {@link org.xenfleet.assess.CatalogueAssessment} by all.
 */
@NullMarked
package org.xenfleet.assess;

import org.jspecify.annotations.NullMarked;
