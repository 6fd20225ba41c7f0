/** The conversations that cross the actors of a host, one file each; actors import these and never each other. */
@NullMarked
package org.xenfleet.host.protocol;

import org.jspecify.annotations.NullMarked;
