@NullMarked
package org.xenfleet.report;

import org.jspecify.annotations.NullMarked;
