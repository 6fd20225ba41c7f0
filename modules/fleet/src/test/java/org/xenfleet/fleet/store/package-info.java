@NullMarked
package org.xenfleet.fleet.store;

import org.jspecify.annotations.NullMarked;
