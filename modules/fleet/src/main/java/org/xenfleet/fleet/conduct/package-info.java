/**
 * How hosts are driven, wherever they are: the run is cut into {@link org.xenfleet.fleet.conduct.HostShard}s, each has a
 * conductor that lets its hosts run or leads them from window to window, and one {@link org.xenfleet.fleet.conduct.RunCoordinator}
 * looks after them all. {@link org.xenfleet.fleet.conduct.Conducting} draws their conversation.
 */
@NullMarked
package org.xenfleet.fleet.conduct;

import org.jspecify.annotations.NullMarked;
