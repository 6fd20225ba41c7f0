@NullMarked
package org.xenfleet.results;

import org.jspecify.annotations.NullMarked;
