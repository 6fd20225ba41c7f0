@NullMarked
package org.xenfleet.libxl;

import org.jspecify.annotations.NullMarked;
