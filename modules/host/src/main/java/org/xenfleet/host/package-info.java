@NullMarked
package org.xenfleet.host;

import org.jspecify.annotations.NullMarked;
