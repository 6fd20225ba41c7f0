@NullMarked
package org.xenfleet.bench;

import org.jspecify.annotations.NullMarked;
