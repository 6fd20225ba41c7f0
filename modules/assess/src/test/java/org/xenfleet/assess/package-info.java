@NullMarked
package org.xenfleet.assess;

import org.jspecify.annotations.NullMarked;
