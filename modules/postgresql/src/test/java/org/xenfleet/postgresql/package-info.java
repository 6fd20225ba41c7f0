@NullMarked
package org.xenfleet.postgresql;

import org.jspecify.annotations.NullMarked;
