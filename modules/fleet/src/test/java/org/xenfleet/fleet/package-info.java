@NullMarked
package org.xenfleet.fleet;

import org.jspecify.annotations.NullMarked;
