/**
 * Who lives on when members of a cluster cannot reach each other. Pekko's split brain resolver with one more strategy. It is
 * made of classes that Pekko calls internal, and there is no other way to add a strategy; all members have the same version
 * of Pekko.
 */
@NullMarked
package org.xenfleet.cluster.downing;

import org.jspecify.annotations.NullMarked;
