/**
 * Runs on several nodes: how a node is configured and started, who lives on after a node died or a network broke, and on
 * which node a shard of hosts is simulated. A run on one node loads nothing of this.
 */
@NullMarked
package org.xenfleet.cluster;

import org.jspecify.annotations.NullMarked;
