@NullMarked
package org.xenfleet.scenario;

import org.jspecify.annotations.NullMarked;
