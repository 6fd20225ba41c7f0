@NullMarked
package org.xenfleet.fleet.conduct;

import org.jspecify.annotations.NullMarked;
