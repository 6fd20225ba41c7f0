/** What is one for the whole host: the domain table, the domctl lock, RCU, stop_machine. */
@NullMarked
package org.xenfleet.xen.control;

import org.jspecify.annotations.NullMarked;
