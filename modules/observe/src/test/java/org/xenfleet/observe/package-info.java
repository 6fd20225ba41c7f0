@NullMarked
package org.xenfleet.observe;

import org.jspecify.annotations.NullMarked;
