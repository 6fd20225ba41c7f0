@NullMarked
package org.xenfleet.xlcfg;

import org.jspecify.annotations.NullMarked;
