@NullMarked
package org.xenfleet.timeline;

import org.jspecify.annotations.NullMarked;
