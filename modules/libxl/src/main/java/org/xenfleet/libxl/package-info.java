/** What xl and libxl do around a domain, as plain rules. */
@NullMarked
package org.xenfleet.libxl;

import org.jspecify.annotations.NullMarked;
